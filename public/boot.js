// Starts the page from exactly the files that were built, or names the one that is not. It is a file of its own
// because a strict content security policy allows no inline script.

// `cargo xtask build` writes here: the SHA-384 of each file beside this one by its name, and of index.html without
// what that says of this file, which is the one thing that cannot stand in here.
const BUILT = { page: '', files: {} };

const script = document.querySelector('script[data-wasm]');
const { js, wasm } = script.dataset;
const here = new URL('.', import.meta.url);
const own = import.meta.url.slice(here.href.length);
// Browsers hash for scripts on https and on this machine only. Elsewhere they still compare what they fetch.
const hashes = globalThis.crypto?.subtle;

document.querySelector('#boot .late')?.remove();
addEventListener('rollwatch-crash', (event) => show('crash', event.detail));

/** Shows one of the two ways in which the page ends: an on-call engineer does not open the console. */
function show(id, text) {
  document.getElementById('boot')?.remove();
  const part = document.getElementById(id);
  const place = document.getElementById(`${id}-text`) ?? document.body.appendChild(document.createElement('pre'));
  place.textContent = text;
  if (part) part.hidden = false;
}

async function sha384(bytes) {
  const hash = await hashes.digest('SHA-384', bytes);
  return `sha384-${btoa(String.fromCharCode(...new Uint8Array(hash)))}`;
}

/** Loads a file as it was built. A name with a hash in it never means another content, so a cache may answer. */
async function load(name, integrity) {
  const cache = /-[0-9a-f]{12,16}[._]/.test(name) ? 'force-cache' : 'no-cache';
  const answer = await fetch(new URL(name, here), { integrity, cache });
  if (!answer.ok) throw new Error(name);
  return answer;
}

/** Loads a whole file as it was built: some browsers find only at its end that it cannot be decompressed. */
const whole = async (name, integrity) => (await load(name, integrity)).arrayBuffer();

/** The module, compiled while it is loaded, but handed out only when its bytes have been found to be the built ones. */
async function compile(name, integrity) {
  const answer = await load(name, hashes ? undefined : integrity);
  const bytes = answer.clone().arrayBuffer();
  // Not every host knows this type, and a browser compiles no other while it loads.
  const isNamed = answer.headers.get('Content-Type') === 'application/wasm';
  const compiled = isNamed ? WebAssembly.compileStreaming(answer) : bytes.then((all) => WebAssembly.compile(all));
  const found = hashes && integrity ? bytes.then(sha384) : integrity;
  if ((await Promise.all([found, compiled]))[0] !== integrity) throw new Error(name);
  return compiled;
}

/** Whether the document is the built one. */
async function isBuilt() {
  const answer = await fetch(location.href.split('#')[0], { cache: 'no-cache' });
  const text = (await answer.text()).replaceAll(own, 'boot.js').replace(/=sha384-[\w+/]{64}/, '=');
  return (await sha384(new TextEncoder().encode(text))) === BUILT.page;
}

/** Says of a file what is the matter with it; nothing when it is as it was built. What a cache holds is renewed. */
async function fault(name, integrity) {
  const sound = await whole(name, integrity).catch(() => null);
  if (sound) return null;
  const answer = await fetch(new URL(name, here), { cache: 'reload' }).catch(() => null);
  if (!answer) return `${name} could not be loaded`;
  return answer.ok ? `${name} is not the file that was built` : `${name}: the host answered ${answer.status}`;
}

try {
  const { [wasm]: module, ...others } = BUILT.files;
  const page = hashes && BUILT.page ? isBuilt() : true;
  const checks = Object.entries(others).map(([name, integrity]) => whole(name, integrity));
  const started = await Promise.allSettled([compile(wasm, module), page, ...checks]);
  if (started.some((check) => check.status === 'rejected' || check.value === false)) {
    const faults = await Promise.all(Object.entries(BUILT.files).map(([name, integrity]) => fault(name, integrity)));
    if (started[1].value !== true) {
      faults.unshift(`index.html ${started[1].value === false ? 'is not the file that was built' : 'could not be loaded'}`);
    }
    const found = faults.filter(Boolean);
    if (found.length === 0) throw started.find((check) => check.status === 'rejected').reason;
    show('refused', found.join('\n'));
  } else {
    const app = await import(new URL(js, document.baseURI));
    await app.default({ module_or_path: started[0].value });
  }
} catch (problem) {
  show('crash', String(problem));
}
