// Starts the page. It is a file of its own because a strict content security policy allows no inline script.
const { js, wasm } = document.querySelector('script[data-wasm]').dataset;

// A failure before or after the start is told on the page: an on-call engineer does not open the console.
function tell(problem) {
  document.getElementById('boot')?.remove();
  document.getElementById('crash-text').textContent = String(problem);
  document.getElementById('crash').hidden = false;
}

addEventListener('rollwatch-crash', (event) => tell(event.detail));

try {
  const app = await import(new URL(js, document.baseURI));
  await app.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (problem) {
  tell(problem);
}
