"use strict";
// Chosen decisions are written as entries of decisions.yaml, in page order.
const quote = s => "'" + s.replaceAll("'", "''") + "'";
function entry(article) {
  const choice = article.querySelector("input[type=radio]:checked");
  if (!choice || !choice.value) return "";
  const reason = article.querySelector("input[type=text]").value.trim();
  const refs = [...article.querySelectorAll("[data-ref]")].map(e => e.dataset.ref);
  const list = rs => "\n" + rs.map(r => "      - " + quote(r)).join("\n");
  let out;
  if (choice.value === "both") out = "  - both:" + list(refs);
  else {
    const keep = refs[Number(choice.value)];
    out = "  - keep: " + quote(keep) + "\n    drop:" + list(refs.filter(r => r !== keep));
  }
  return out + "\n    reason: " + quote(reason || "?") + "\n";
}
function show() {
  const text = [...document.querySelectorAll("article")].map(entry).join("");
  document.querySelector("#export pre").textContent = text && "decisions:\n" + text;
  document.querySelector("#export a").href = "data:text/yaml;charset=utf-8," + encodeURIComponent("decisions:\n" + text);
}
document.addEventListener("input", show);
