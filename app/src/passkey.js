// Carries a passkey between the browser and a form: what the server asks to the browser, what the browser answers into
// the form, which is then sent like any other. What is asked and whether the answer is right is the server's business.

const able =
  typeof globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON === "function" &&
  typeof globalThis.PublicKeyCredential.parseRequestOptionsFromJSON === "function";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  // Of the sentences beside and in the form, shows this one.
  const show = (name) => {
    for (const each of form.parentElement.querySelectorAll("[data-said]")) each.hidden = each.dataset.said !== name;
  };
  if (!able) {
    show("unable");
    continue;
  }
  show("");
  form.hidden = false;
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    show("");
    try {
      const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      // Somebody has to sign in or confirm first.
      if (answer.redirected) return location.assign(answer.url);
      // Something in the form is not right: sent without a passkey, the server's own page says what.
      if (answer.ok) form.elements.credential.value = JSON.stringify(await ask(form.dataset.passkey, await answer.json()));
      form.submit();
    } catch (error) {
      console.warn(error);
      show(error.name === "InvalidStateError" ? "known" : "failed");
    }
    busy = false;
  });
}

function ask(what, options) {
  const Kind = PublicKeyCredential;
  return what === "create"
    ? navigator.credentials.create({ publicKey: Kind.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: Kind.parseRequestOptionsFromJSON(options) });
}
