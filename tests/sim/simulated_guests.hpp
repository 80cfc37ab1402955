// Guests of live shared views, and the presenter who shares: the production handlers and hub at one end, browsers
// without a replica at the other. A world of its own beside the clients': petra may share practices aspen and birch as
// long as she has her grant and they are in her book. paul, who has a grant of his own for that book, follows signed in
// and is sometimes handed presenting; what petra made never reaches further than she does.
//
// Every byte that a guest is handed is held against what the share reaches at that moment, as this side knows it from
// rows and answers alone: words, ids and amounts of any other practice, and anything at all once it is over.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/sim/simulated_server.hpp"

namespace portal::sim {

// How often what happened, so that a mix in which nothing happened does not pass.
struct GuestCounts {
    std::int64_t shares = 0, redeemed = 0, datasets = 0, refused = 0, states = 0, changes = 0, pauses = 0, endings = 0,
                 joined = 0, followed = 0, handed = 0;

    void add(const GuestCounts& other);
    // Each by its name.
    std::array<std::pair<const char*, std::int64_t>, 11> all() const;
};

class SimulatedGuests {
  public:
    SimulatedGuests(SimulatedServer& server, Plant plant);

    // Something that petra, a guest or time does.
    void act(RandomSource& random);
    // Hears what is due on the live connections, and looks for those that should have ended.
    void step();
    // Every share has ended with it.
    void note_restored();

    std::vector<std::string> take_problems() { return std::exchange(m_problems, {}); }
    const GuestCounts& counts() const { return m_counts; }

  private:
    // As known here. Unsure: its presenter heard no answer.
    enum class Pause : std::uint8_t { no, yes, unsure };
    struct Share {
        Id id;
        std::string token;
        std::vector<Id> practices;
        InstantMs expires_ms = 0;
        bool is_ended = false;
        Pause pause = Pause::no;
        std::int64_t q = 0;
    };
    struct Live {
        server::LiveConnectionId id = 0;
        std::uint64_t run = 0;
        std::shared_ptr<bool> is_woken = std::make_shared<bool>(true);
        InstantMs over_since_ms = 0;  // 0: its share is not over.
    };
    struct GuestBrowser {
        std::size_t share = 0;
        std::string cookie;
        std::unique_ptr<Live> live;
        std::map<std::string, std::string> heard;  // Datasets by their query.
    };

    void act_as_follower(RandomSource& random);
    void join(RandomSource& random);
    void hand_over(RandomSource& random);
    void present(RandomSource& random);
    void flip_his_grant();
    bool may_he_follow();
    void hear_follower();
    void make_share(RandomSource& random);
    void redeem(RandomSource& random);
    void read(RandomSource& random);
    void show(RandomSource& random);
    void pause(RandomSource& random);
    void end(RandomSource& random);
    void take_grant();
    void give_back();
    void move_practice(RandomSource& random);
    void sell(RandomSource& random);

    // Status and body; status 0 when the server's power went meanwhile. As petra or paul, or as a guest.
    server::Response as_user(std::string_view user, std::string& session, server::Method method,
                             const std::string& path, const std::string& body);
    server::Response as_presenter(server::Method method, const std::string& path, const std::string& body);
    server::Response as_guest(const std::string& path, const GuestBrowser& guest, const std::string& query);
    void open_live(GuestBrowser& guest);
    void hear(GuestBrowser& guest);

    std::vector<Id> reach_of(const Share& share);
    void check_words(const std::string& bytes, const Share& share, std::string_view what);
    void check_amounts(const std::string& body, const Id& practice);
    void check_events(const std::string& bytes, const Share& share);
    void planted(server::Response& response, GuestBrowser& guest, const std::string& query, const Id& practice);
    void problem(std::string sentence) { m_problems.push_back(std::move(sentence)); }

    SimulatedServer& m_server;
    const Plant m_plant;
    std::string m_session, m_his_session;  // Of petra and of paul.
    std::unique_ptr<Live> m_follower;      // paul's.
    std::size_t m_followed = 0;            // The share that he follows.
    std::vector<Share> m_shares;
    std::vector<GuestBrowser> m_guests;
    GuestCounts m_counts;
    std::vector<std::string> m_problems;
};

}  // namespace portal::sim
