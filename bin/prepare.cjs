'use strict';

// Plain CommonJS for any Node that npm runs on: the project's own Node is only there once this is done.
const { spawnSync } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');

const ROOT = path.join(__dirname, '..');
const NODE = path.join(ROOT, 'node_modules', '.bin', 'node');

const HOUSE_SOURCES = [
  'src',
  'migrations',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];
const PAGES_SOURCES = ['zoom-app', 'src', 'package-lock.json'];

/** Installs and builds what is missing or older than its sources, and says so while it works. */
function prepare() {
  process.chdir(ROOT);
  onlyOne(function () {
    if (!installed()) install();
    build('the service', 'dist', HOUSE_SOURCES, ['nest', 'build']);
    if (fs.existsSync('zoom-app/vite.config.ts')) {
      build('the pages', 'zoom-app/dist', PAGES_SOURCES, ['vite', 'build', 'zoom-app']);
    }
  });
}

/** What npm noted about node_modules is compared with the lock file, so an install by hand counts too. */
function installed() {
  const wanted = readJson('package-lock.json');
  const present = readJson('node_modules/.package-lock.json');
  if (!wanted || !present || spawnSync(NODE, ['--version']).status !== 0) return false;
  return Object.keys(wanted.packages).every(function (place) {
    const want = wanted.packages[place];
    const have = present.packages[place];
    return place === '' || (have ? have.version === want.version : Boolean(want.optional));
  });
}

/** npm must not run on the Node that it is about to replace, and packages must not report home. */
function install() {
  refuseWhileRunning();
  say('Installing dependencies (about a minute the first time)');
  const own = path.join('node_modules', '.bin');
  const outside = process.env.PATH.split(path.delimiter).filter((folder) => !folder.endsWith(own));
  const env = Object.assign({}, process.env, {
    PATH: outside.join(path.delimiter),
    SCARF_ANALYTICS: 'false',
  });
  const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', ['ci'].concat(flags), env, 'Dependencies could not be installed');
}

/** Builds unless `target` was made from exactly these sources. */
function build(what, target, sources, command) {
  const stamp = path.join(target, '.sources');
  const now = fingerprint(sources);
  if (readText(stamp) === now) return;
  refuseWhileRunning();
  say('Building ' + what);
  const bin = path.join(ROOT, 'node_modules', '.bin');
  const env = Object.assign({}, process.env, { PATH: bin + path.delimiter + process.env.PATH });
  run(path.join(bin, command[0]), command.slice(1), env, 'Building ' + what + ' failed');
  fs.writeFileSync(stamp, now);
}

/** A second `npm start` must not pull the packages and pages out from under the first. */
function refuseWhileRunning() {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const owner = readJson(path.join(process.env.DATA_DIR || '.data', 'perennial.lock'));
  if (!owner || readText('/proc/' + owner.pid + '/stat').indexOf(' ' + owner.started + ' ') < 0) return;
  throw new Error(
    'Perennial is already running here (process ' +
      owner.pid +
      '), from older sources. ' +
      'Nothing was changed. Stop that one first.',
  );
}

function fingerprint(sources) {
  const hash = crypto.createHash('sha256');
  sources.forEach(function visit(entry) {
    if (!fs.existsSync(entry) || /(^|\/)(dist|node_modules)$/.test(entry)) return;
    if (fs.statSync(entry).isDirectory()) {
      fs.readdirSync(entry)
        .sort()
        .forEach((name) => visit(entry + '/' + name));
    } else {
      hash
        .update(entry + '\0')
        .update(fs.readFileSync(entry))
        .update('\0');
    }
  });
  return hash.digest('hex');
}

/** Two starts in one clone would install over each other: the second waits until the first is through. */
function onlyOne(work) {
  const lock = path.join('.data', 'preparing');
  fs.mkdirSync('.data', { recursive: true });
  for (let said = false; !take(lock); said = true) {
    if (!said) say('Another command is preparing this folder (process ' + readText(lock) + '); waiting');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
  try {
    work();
  } finally {
    fs.unlinkSync(lock);
  }
}

function take(lock) {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!alive(readText(lock)) && fs.existsSync(lock)) fs.unlinkSync(lock);
  return false;
}

function alive(text) {
  try {
    process.kill(Number(text), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function run(command, args, env, failure) {
  const result = spawnSync(command, args, { env: env, stdio: ['ignore', 2, 2] });
  if (result.status === 0) return;
  throw new Error(failure + ' (' + [path.basename(command)].concat(args).join(' ') + ').');
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function readJson(file) {
  const text = readText(file);
  return text === '' ? null : JSON.parse(text);
}

/** Progress goes beside the output, so that a command's answer can be piped. */
function say(sentence) {
  console.error('perennial: ' + sentence);
}

/** Runs `work` after preparing; a failure is one sentence, not a stack. */
function afterPreparing(work) {
  if (prepared()) work();
  else process.exitCode = 1;
}

/** False, after saying why, where something could not be installed or built. */
function prepared() {
  try {
    prepare();
    return true;
  } catch (error) {
    say(error.message);
    return false;
  }
}

module.exports = { NODE, ROOT, afterPreparing, prepared, say };

if (require.main === module) afterPreparing(() => say('Everything is installed and built'));
