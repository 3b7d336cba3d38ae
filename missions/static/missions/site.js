// What JavaScript adds: pictures as PNG, facts and passages that light each other up, sliders, and tips that Escape puts away.
"use strict";

// --- a picture as PNG, drawn from its stand-alone SVG

for (const button of document.querySelectorAll(".png")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const answer = await fetch(button.dataset.svg);
    if (!answer.ok) return;
    const text = await answer.text();
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement("canvas"), twice = 2;
    canvas.width = image.naturalWidth * twice;
    canvas.height = image.naturalHeight * twice;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const name = /filename="([^"]+)\.svg"/.exec(answer.headers.get("Content-Disposition") || "")?.[1] || "newsdb";
    const link = Object.assign(document.createElement("a"), {download: `${name}.png`});
    canvas.toBlob(blob => {
      link.href = URL.createObjectURL(blob);
      link.click();
      URL.revokeObjectURL(link.href);
    });
  });
}

// --- tips: Escape puts them away until another one is asked for

document.addEventListener("keydown", event => {
  if (event.key === "Escape") for (const picture of document.querySelectorAll(".timeline")) picture.classList.add("hushed");
});
for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, event => {
  if (!event.target.closest?.(".mark")) return;
  event.target.closest(".timeline").classList.remove("hushed");
});

// --- an article: a fact and its words light each other up

const reading = document.querySelector(".reading");
if (reading) {
  const show = event => {
    const of = event.target.closest?.("[data-facts], [data-fact]");
    const names = of ? (of.dataset.facts || of.dataset.fact).split(" ") : [];
    for (const one of reading.querySelectorAll("[data-facts], [data-fact]"))
      one.classList.toggle("shown", (one.dataset.facts || one.dataset.fact).split(" ").some(name => names.includes(name)));
  };
  for (const kind of ["pointerover", "focusin"]) reading.addEventListener(kind, show);
  // A place in the text brings its fact into sight, in the list that scrolls by itself.
  const follow = () => {
    const name = decodeURIComponent(location.hash.slice(1)), card = document.getElementById(`fact-${name}`);
    if (!card) return;
    const list = card.parentElement;
    list.scrollTop = card.offsetTop - list.offsetTop - list.clientHeight / 3;
    card.classList.add("shown");
  };
  addEventListener("hashchange", follow);
  follow();
}

// --- two moments: a slider beside each day, and the table follows

const moments = document.getElementById("compare");
if (moments?.dataset.first) {
  const DAY = 86_400_000, number = day => Math.round(Date.parse(day) / DAY);
  const [first, last] = [number(moments.dataset.first), number(moments.dataset.last)];
  let latest = 0;
  const renew = async () => {
    const mine = ++latest;
    const asked = new URLSearchParams([...new FormData(moments)].filter(([, value]) => value));
    const answer = await fetch(`${location.pathname}?${asked}`);
    if (mine !== latest || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("compared").replaceWith(page.getElementById("compared"));
    for (const input of moments.querySelectorAll("input[type=date]")) if (input !== document.activeElement) input.value = page.getElementById(input.id).value;
    history.replaceState(null, "", `?${asked}`);
  };
  for (const input of moments.querySelectorAll("input[type=date]")) {
    if (!["on", "then_on"].includes(input.name)) continue;
    const slider = Object.assign(document.createElement("input"), {type: "range", min: first, max: last});
    slider.value = number(input.value);
    slider.setAttribute("aria-label", input.labels[0].innerText);
    const tell = () => slider.setAttribute("aria-valuetext", input.value);
    tell();
    input.closest("fieldset").append(slider);
    let waiting;
    slider.addEventListener("input", () => {
      input.value = new Date(slider.value * DAY).toISOString().slice(0, 10);
      tell();
      clearTimeout(waiting);
      waiting = setTimeout(renew, 150);
    });
    input.addEventListener("change", () => { if (input.value) { slider.value = number(input.value); tell(); } });
  }
  for (const field of moments.querySelectorAll("input[type=date], select")) field.addEventListener("change", renew);
}
