// Brings the islands of a page to life. The page works without it.
import start, * as islands from "./candor.js";

await start({ module_or_path: new URL("./candor.wasm", import.meta.url) });
islands.hydrate();

// In the order of the document, an outer island comes before those inside it.
for (const element of document.querySelectorAll("leptos-island")) {
  const hydrate = islands[element.dataset.component];
  if (hydrate) hydrate(element);
  else console.warn(`This build has no island ${element.dataset.component}`);
}
