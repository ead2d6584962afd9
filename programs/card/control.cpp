#include "control.hpp"

#include <fmt/format.h>

namespace mado::card {

namespace {
constexpr auto page = R"html(<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>仮想カード / Virtual card</title>
<style>
  body { font: 1.25rem/1.6 sans-serif; max-width: 32rem; margin: 2rem auto; padding: 0 1rem; }
  button { font: inherit; padding: .5rem 1.5rem; margin: 0 .5rem 1rem 0; }
</style>
<h1>マイナンバーカード(仮想)<br><small lang="en">Virtual My Number Card</small></h1>
<p id="state" role="status"></p>
<button data-act="/place">置く <span lang="en">Place</span></button>
<button data-act="/remove">取る <span lang="en">Take off</span></button>
<script>
  const show = async () => {
    const card = await (await fetch('/state')).json();
    document.getElementById('state').textContent =
      (card.placed ? '読み取り部にあります / On the reader' : '手元にあります / In your hand') +
      ` — 暗証番号 残り / PIN tries left: ${card.pin_tries}, 署名用 / signature: ${card.signature_pin_tries}`;
  };
  for (const button of document.querySelectorAll('button'))
    button.onclick = async () => { await fetch(button.dataset.act, { method: 'POST' }); show(); };
  setInterval(show, 1000);
  show();
</script>
</html>
)html";

operation::StatusAnswer done() { return {204, "text/plain; charset=utf-8", ""}; }

operation::StatusAnswer state_as_json(const Serving::State& state) {
  return {200, "application/json",
          fmt::format(R"({{"placed":{},"pin_tries":{},"signature_pin_tries":{}}})", state.placed,
                      state.authentication_tries, state.signature_tries)};
}

operation::StatusAnswer load_faults(Serving& serving, const std::string& script) {
  auto faults = Faults::parse(script);
  if (!faults) return {400, "text/plain; charset=utf-8", faults.error().cause + "\n"};
  serving.load(std::move(*faults));
  return done();
}
}  // namespace

operation::StatusAnswer answer_control(Serving& serving, const std::string& method, const std::string& path,
                                       const std::string& body) {
  if (method == "GET" && path == "/") return {200, "text/html; charset=utf-8", page};
  if (method == "GET" && path == "/state") return state_as_json(serving.state());
  if (method == "POST" && path == "/faults") return load_faults(serving, body);
  if (method == "POST" && path == "/place") {
    serving.place();
    return done();
  }
  if (method == "POST" && path == "/remove") {
    serving.remove();
    return done();
  }
  return {404, "text/plain; charset=utf-8", "not found\n"};
}

}  // namespace mado::card
