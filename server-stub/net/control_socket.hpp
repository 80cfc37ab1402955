// The control socket of a running server: commands that write hand their job to it, so that the
// database has one writer.
//
// A Unix domain socket in the data folder (mode 0600: the file system says who may). One JSON line
// in, JSON lines out, the last one with "exit". See ControlJob.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server-stub/net/network_server.hpp"

namespace portal::server {

class ControlServer {
  public:
    // Error unavailable: the socket cannot be made.
    static Result<std::unique_ptr<ControlServer>> open(const std::string& path, ControlJob job);
    // Stops listening, lets the running job end, joins.
    ~ControlServer();

  private:
    struct State;
    explicit ControlServer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// Hands one job over and calls `on_line` for each answer line. Error unavailable: nobody listens
// there, or the server went away before its last line.
Status call_control(const std::string& path, const std::string& request,
                    const std::function<void(const std::string&)>& on_line);

}  // namespace portal::server
