"use strict";
// Sends a question, and shows the answer sentence by sentence as it comes.

const form = document.getElementById("ask-form");
const question = document.getElementById("question");
const log = document.getElementById("log");
let waiting = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const pressed = event.submitter && event.submitter.name === "say" ? event.submitter.value : "";
  const said = (pressed || question.value).trim();
  if (!said || waiting) return question.focus();
  if (!pressed) question.value = "";
  ask(said);
});

question.addEventListener("keydown", (event) => {
  // While characters are being put together, Enter belongs to the input method.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
});

async function ask(said) {
  const shown = document.getElementById("exchange").content.cloneNode(true).firstElementChild;
  const sentences = shown.querySelector(".sentences");
  shown.querySelector(".question").textContent = said;
  log.append(shown);
  document.querySelector(".welcome").hidden = true;
  shown.scrollIntoView({ block: "start" });
  waiting = true;
  document.getElementById("send").disabled = true;
  const body = new FormData(form);
  body.set("question", said);
  let whole = false;
  try {
    for await (const [name, data] of events(await sent(body))) {
      if (name === "sentence") sentences.insertAdjacentHTML("beforeend", data.html);
      if (name === "answer" || name === "fault") {
        whole = true;
        const foot = document.createElement("div");
        foot.className = "after";
        foot.innerHTML = data.html;
        sentences.after(foot);
      }
      htmx.process(shown);
    }
  } catch (fault) {
    console.warn(fault.message);
  }
  shown.querySelector(".waiting").remove();
  if (!whole) sentences.after(document.getElementById("broken").content.cloneNode(true));
  waiting = false;
  document.getElementById("send").disabled = false;
  question.focus({ preventScroll: true });
}

async function sent(body) {
  const reply = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(body),
    headers: { Accept: "text/event-stream", "HX-Request": "true" },
  });
  if (reply.status === 401) window.location.assign("/log-in");
  return reply;
}

async function* events(reply) {
  if (!(reply.headers.get("content-type") || "").startsWith("text/event-stream")) {
    yield ["fault", { html: await reply.text() }];
    return;
  }
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    held += value;
    const whole = held.split("\n\n");
    held = whole.pop();
    for (const each of whole) {
      const name = /^event: (.*)$/m.exec(each);
      const data = /^data: (.*)$/m.exec(each);
      if (name && data && data[1]) yield [name[1], JSON.parse(data[1])];
    }
  }
}
