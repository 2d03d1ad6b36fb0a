/** Loaded into a measured process: it collects its garbage when it is asked to, so that what is left can be weighed. */
process.on('message', (asked) => {
  if (asked !== 'collect') return;
  globalThis.gc!();
  process.send!('collected');
});
