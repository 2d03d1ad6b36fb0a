'use strict';

// `npm test`: prepares, brings what the suite needs, runs it under two time zones, ends with one line of numbers.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { NODE, ROOT, prepared, say } = require('./prepare.cjs');

/** Debian's packages that tests run for real, by the command that each brings. */
const PACKAGES = { radicale: 'radicale', chromium: 'chromium' };

const arguments_ = process.argv.slice(2);
const long = arguments_[0] === '--long';

if (prepared() && packagesThere()) test(long ? arguments_.slice(1) : arguments_);
else close(0, 1);

function test(chosen) {
  const results = [jest('America/New_York', chosen)];
  // What computes with times must not notice where the process runs.
  if (chosen.length === 0) results.push(jest('Pacific/Auckland', ['test/domain', 'test/requirements']));
  close(sum(results, 'passed'), sum(results, 'failed'));
}

/** The last line of every run, also of one that could not begin. */
function close(passed, failed) {
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  console.log(passed + ' passed, ' + failed + ' failed');
}

/** Installs what is missing; false, after naming the command, where that is not allowed. */
function packagesThere() {
  const missing = Object.keys(PACKAGES).filter((command) => !onPath(command));
  if (missing.length === 0) return true;
  const names = missing.map((command) => PACKAGES[command]);
  say('Installing ' + names.join(' and ') + ' for the tests');
  const prefix = process.getuid && process.getuid() === 0 ? [] : ['sudo', '-n'];
  const install = [
    'apt-get',
    'install',
    '-y',
    '-qq',
    '-o',
    'DPkg::Lock::Timeout=300',
    '--no-install-recommends',
  ].concat(names);
  if (succeeds(prefix.concat('apt-get', 'update', '-qq')) && succeeds(prefix.concat(install))) return true;
  say('The tests need ' + names.join(' and ') + ', which could not be installed. Run this, then try again:');
  say('  sudo apt-get update && sudo apt-get install -y ' + names.join(' '));
  return false;
}

function onPath(command) {
  return process.env.PATH.split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, command)));
}

function succeeds(command) {
  const env = Object.assign({}, process.env, { DEBIAN_FRONTEND: 'noninteractive' });
  return spawnSync(command[0], command.slice(1), { env: env, stdio: ['ignore', 2, 2] }).status === 0;
}

/** One run of Jest. A file that could not even be loaded counts as one failed test. */
function jest(zone, files) {
  say('Running ' + (files.length === 0 ? 'all tests' : files.join(' ')) + ' with TZ=' + zone);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'perennial-results-'));
  const report = path.join(folder, 'report.json');
  const flags = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
  ];
  const env = Object.assign({}, process.env, { TZ: zone }, long ? { TEST_LONG: '1' } : {});
  const run = spawnSync(
    NODE,
    flags.concat(['--json', '--outputFile=' + report, '--passWithNoTests'], files),
    {
      cwd: ROOT,
      env: env,
      stdio: ['ignore', 2, 2],
    },
  );
  const counts = read(report);
  fs.rmSync(folder, { recursive: true, force: true });
  if (run.status !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function read(report) {
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 };
  const said = JSON.parse(fs.readFileSync(report, 'utf8'));
  return { passed: said.numPassedTests, failed: said.numFailedTests + said.numRuntimeErrorTestSuites };
}

function sum(results, field) {
  return results.reduce((total, result) => total + result[field], 0);
}
