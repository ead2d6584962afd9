// What the session asks of the outside, carried out on the lanes of kiosk/edge/kiosk_driver.cpp.
#include "simulator/nodes/kiosk_node.hpp"

namespace mado::simulator {

using namespace kiosk;

namespace {
constexpr milliseconds least_moment{1};
constexpr milliseconds most_moment{30};
constexpr milliseconds least_card_time{100};
constexpr milliseconds most_card_time{900};
constexpr milliseconds call_deadline{45'000};
constexpr const char* relay = "relay";
}  // namespace

template <typename Work>
void KioskNode::on_machines(Work work) {
  machines_->post([this, held = std::make_shared<Work>(std::move(work))](Lane::Done done) {
    around_.scheduler.after(random_.between(least_moment, most_moment), life(), [this, held, done] {
      if (ends_here()) return;
      auto event = (*held)();
      if (ends_here()) return;
      post(std::move(event));
      done();
    });
  });
}

template <typename Work>
void KioskNode::on_card(Work work) {
  card_lane_->post([this, held = std::make_shared<Work>(std::move(work))](Lane::Done done) {
    around_.scheduler.after(random_.between(least_card_time, most_card_time), life(), [this, held, done] {
      post((*held)());
      done();
    });
  });
}

void KioskNode::carry_out(Effect& effect) {
  if (std::holds_alternative<Show>(effect)) {
    shown();
  } else if (auto* asked = std::get_if<Call>(&effect)) {
    call(*asked);
  } else if (auto* watch = std::get_if<WatchCard>(&effect)) {
    watching_ = watch->on;
    if (watching_) return look_at_reader(true);
    card_lane_->post([this](Lane::Done done) {
      card_session_->let_go();
      done();
    });
  } else if (std::holds_alternative<AskTries>(effect)) {
    on_card([this] { return card_session_->ask_tries(); });
  } else if (auto* read = std::get_if<ReadCard>(&effect)) {
    on_card([this, pin = std::move(read->pin)] { return card_session_->read(pin); });
  } else if (auto* sign = std::get_if<SignWithCard>(&effect)) {
    on_card([this, digest_info = std::move(sign->digest_info)] { return card_session_->sign(digest_info); });
  } else if (auto* write = std::get_if<WriteJournal>(&effect)) {
    on_machines([this, entry = std::move(write->entry)] {
      auto done = journal_->record(entry);
      note_durable_rows();
      return Event(JournalWritten{std::move(done)});
    });
  } else if (std::holds_alternative<EnableAcceptor>(effect)) {
    acceptor_.serves(session_->chain().issuance());
    on_machines([this] {
      return Event(MoneyReady{acceptor_.enable([this](std::uint32_t escrow) { post(CoinInserted{escrow}); })});
    });
  } else if (auto* capture = std::get_if<Capture>(&effect)) {
    on_machines([this, due = capture->due] {
      (void)acceptor_.disable();
      return Event(MoneyCaptured{acceptor_.capture(due)});
    });
  } else if (std::holds_alternative<ReturnMoney>(effect)) {
    on_machines([this] {
      (void)acceptor_.disable();
      return Event(MoneyReturned{acceptor_.give_back()});
    });
  } else if (auto* job = std::get_if<Print>(&effect)) {
    print(*job);
  }
}

void KioskNode::call(Call& effect) {
  if (effect.method.ends_with("/Apply")) note_application();
  asked_ = {++calls_, true, session_->working_step(), question_of(effect.method)};
  line_->post([this, mine = calls_, number = effect.number, method = effect.method,
               request = std::move(effect.request)](Lane::Done done) mutable {
    around_.network.call(name(), relay, method, std::move(request), call_deadline, life(),
                         [this, mine, number, done](Outcome<Bytes> answer) {
                           done();
                           around_.scheduler.after(random_.between(milliseconds{0}, least_moment), life(),
                                                   [this, mine, number, answer = std::move(answer)]() mutable {
                                                     heard_ = mine;
                                                     handle(CallAnswered{number, std::move(answer)});
                                                   });
                         });
  });
}

// The digest of the statement that a call of this method carries, whose answer must name it.
Bytes KioskNode::question_of(const std::string& method) const {
  if (method.ends_with("/Open")) return crypto_->asked(trust::StatementType::menu_request);
  if (method.ends_with("/Apply")) return crypto_->asked(trust::StatementType::application);
  if (method.ends_with("/Confirm")) return crypto_->asked(trust::StatementType::confirmation);
  return {};
}

// What the citizen asks for, as he was shown it.
void KioskNode::note_application() {
  const auto& chain = session_->chain();
  const auto& said = chain.application();
  Application application;
  application.issuance = chain.issuance();
  application.digest = chain.application_digest();
  application.opening = bytes_of(said.opening_digest());
  application.city = said.city();
  application.kiosk = name();
  application.service = session_->service();
  application.kind = session_->choices().kind;
  application.scope = session_->choices().scope;
  application.options = session_->choices().options;
  application.copies = session_->choices().copies;
  application.fee = said.fee();
  application.most_in_opening = application::most_applications;
  for (const auto person : session_->choices().persons)
    application.persons.insert(chain.menu().persons(static_cast<int>(person)).name());
  around_.book.applied(std::move(application));
}

void KioskNode::print(Print& effect) {
  auto job = std::make_shared<Print>(std::move(effect));
  machines_->post([this, job](Lane::Done done) {
    if (ends_here()) return;
    printer_.begin(
        job->issuance, job->document.reveal(), settings_.print, life(),
        [this](PrintProgress progress) { post(PrintGoesOn{progress.impressions_completed}); },
        [this, done](SimulatedPrinter::Result result) {
          if (ends_here()) return;
          post(Printed{std::move(result)});
          done();
        });
  });
}

}  // namespace mado::simulator
