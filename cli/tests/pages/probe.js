// Looks at each page in frames as wide as a telephone and writes what is wrong with it into this document.
// The test puts it together with the pages; they themselves have no script.
window.wrong = [];
window.onerror = (text) => window.wrong.push(`script error: ${text}`);

function look(frame) {
  const page = frame.contentDocument, view = frame.contentWindow, scheme = frame.dataset.scheme;
  const say = (text) => window.wrong.push(`${frame.getAttribute("src")}, ${scheme}: ${text}`);
  if (!page || !page.querySelector("main h1")) return say("the page did not load");
  if (view.matchMedia("(prefers-color-scheme: dark)").matches !== (scheme === "dark")) say("the scheme is another");
  const root = page.documentElement;
  if (root.scrollWidth > view.innerWidth) say(`${root.scrollWidth} wide in ${view.innerWidth}`);
  const title = (element) => `${element.tagName.toLowerCase()} “${element.textContent.trim().slice(0, 40)}”`;

  // Whatever is wider than the page must lie in a part that scrolls by itself and can be reached by keys.
  for (const element of page.querySelectorAll("body *")) {
    const box = element.getBoundingClientRect();
    if (box.right > view.innerWidth + 1 && !element.closest(".wide, svg, details:not([open])")) say(`${title(element)} is cut off`);
  }
  for (const part of page.querySelectorAll(".wide")) if (part.tabIndex !== 0 || !part.getAttribute("aria-label")) say("a part that scrolls has no name or no key");

  // Text can be read: large enough, not over other text, and with contrast to its ground.
  for (const svg of page.querySelectorAll("svg[role=img]")) {
    const texts = [...svg.querySelectorAll("text")].filter((text) => view.getComputedStyle(text).display !== "none");
    const boxes = texts.map((text) => text.getBoundingClientRect());
    boxes.forEach((one, at) => {
      if (one.height < 9) say(`${title(texts[at])} is ${one.height.toFixed(1)} px high`);
      const frame = svg.getBoundingClientRect();
      if (one.left < frame.left - 1 || one.right > frame.right + 1) say(`${title(texts[at])} leaves its chart`);
      boxes.slice(at + 1).forEach((other, more) => {
        const x = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const y = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (x > 1 && y > 4) say(`${title(texts[at])} lies over ${title(texts[at + 1 + more])}`);
      });
    });
    if (!svg.getAttribute("aria-label")) say("a chart says nothing");
  }
  const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = numbers(view.getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const seen = new Set();
  for (const element of page.querySelectorAll("main *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || element.tagName === "title" || element.closest("title")) continue;
    const style = view.getComputedStyle(element);
    const ink = element.closest("svg") ? style.fill : style.color;
    const [one, two] = [light(numbers(ink)), light(ground(element.closest("svg") ? element.closest("svg").parentElement : element))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const key = `${ink} on ${ground(element)}`;
    if (ratio < 4.5 && !seen.has(key)) say(`${title(element)} has a contrast of ${ratio.toFixed(2)}`);
    seen.add(key);
  }

  // What a screen reader needs.
  if (!page.title || !root.lang || page.querySelectorAll("h1").length !== 1) say("no title, no language, or not one first heading");
  let level = 1;
  for (const heading of page.querySelectorAll("h1, h2, h3, h4")) {
    const now = Number(heading.tagName[1]);
    if (now > level + 1) say(`${title(heading)} leaves a level out`);
    level = now;
  }
  for (const table of page.querySelectorAll("table")) {
    if (!table.caption || !table.querySelector("thead th[scope=col]") || table.querySelector("tbody tr > td:first-child")) say(`${title(table)} has no caption or heads`);
  }
}

window.onload = () => {
  document.querySelectorAll("iframe").forEach(look);
  document.getElementById("found").textContent = window.wrong.length ? window.wrong.slice(0, 20).join("\n") : "nothing is wrong";
};
