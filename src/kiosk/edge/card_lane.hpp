// The reader on a thread of its own: watches for cards and carries out what the session asks of one.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>

#include "kiosk/core/card_session.hpp"

namespace mado::kiosk {

class CardLane {
 public:
  using Post = std::function<void(Event)>;  // called from the lane's thread
  CardLane(std::unique_ptr<card::Reader> reader, Post post)
      : reader_(std::move(reader)), card_(*reader_), post_(std::move(post)) {}
  ~CardLane();

  // Asks the reader once; posts CardOnReader if that changed since the last answer, or if `always`.
  void look(bool always = false);
  void ask_tries();
  void read(Sensitive<std::string> pin);
  void sign(Bytes digest_info);
  // Powers the card off if a session with it is open.
  void let_go();
  // Waits for the reader's answer: whether a card lies on it. For the check before a session.
  Outcome<bool> card_present();

 private:
  template <typename Work>
  void run(Work work);

  std::unique_ptr<card::Reader> reader_;
  CardSession card_;
  Post post_;
  boost::asio::thread_pool thread_{1};
};

}  // namespace mado::kiosk
