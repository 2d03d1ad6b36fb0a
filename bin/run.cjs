'use strict';

// `node bin/run.cjs ENTRY [ARGUMENT...]`: prepares the clone, then runs an entry on the project's own Node.
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const { NODE, ROOT, afterPreparing } = require('./prepare.cjs');

const FLAGS = ['--enable-source-maps', '--disable-warning=ExperimentalWarning'];

afterPreparing(function () {
  // The channel tells the child when this process is gone, however it ended.
  const settings = fs.existsSync('.env') ? ['--env-file=.env'] : [];
  const child = spawn(NODE, FLAGS.concat(settings, process.argv.slice(2)), {
    cwd: ROOT,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => process.on(signal, () => child.kill(signal)));
  child.on('exit', function (code, signal) {
    process.exit(signal ? 128 + os.constants.signals[signal] : code);
  });
  if (process.env.npm_lifecycle_event) endWithNpm(child);
});

/** A killed npm takes nobody along: without this, the service would run on with nobody to stop it. */
function endWithNpm(child) {
  const npm = process.ppid;
  setInterval(() => process.ppid === npm || child.kill('SIGTERM'), 500).unref();
}
