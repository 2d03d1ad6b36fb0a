const NEEDED = 26;

/** Imported first: an older Node would otherwise fail somewhere in the middle, about a missing `Temporal`. */
if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    `Perennial needs Node ${NEEDED} or newer; this is ${process.versions.node}. ` +
      'Start it with `npm start`, which brings the right one.',
  );
  process.exit(1);
}
