"use strict";
// Chosen decisions are written as entries of decisions.yaml, in page order.
const quote = s => "'" + s.replaceAll("'", "''") + "'";
function entry(article) {
  const choice = article.querySelector("input[type=radio]:checked");
  const reason = article.querySelector("input[type=text]");
  reason.classList.toggle("wanted", Boolean(choice.value) && !reason.value.trim());
  return choice.value && choice.value + "    reason: " + quote(reason.value.trim() || "?") + "\n";
}
function show() {
  const text = [...document.querySelectorAll("article")].map(entry).join("");
  document.querySelector("#export pre").textContent = text && "decisions:\n" + text;
  document.querySelector("#export a").href = "data:text/yaml;charset=utf-8," + encodeURIComponent("decisions:\n" + text);
}
document.addEventListener("input", show);
