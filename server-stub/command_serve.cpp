// portal-server serve: the one process that owns a data folder and answers the network.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "server-stub/commands.hpp"
#include "server-stub/data_folder.hpp"
#include "server-stub/job.hpp"
#include "server-stub/net/network_server.hpp"
#include "server-stub/repo/sqlite_repository.hpp"
#include "server-stub/repo/writer_thread.hpp"
#include "shared/base/durations.hpp"
#include "shared/base/limits.hpp"

namespace portal::server {

namespace {

constexpr DurationMs housekeeping_interval_ms = day_ms;

// Each holds 19 MiB while it works.
constexpr std::size_t password_threads = 2;

struct ServeFlags {
    std::string data, site, log = "requests";
    std::int64_t offline_lease_days = limits::offline_lease_days;
    NetworkOptions network;
};

void add_storage_gauges(Metrics& metrics, CommitQueue& queue) {
    metrics.add({"portal_writes_waiting", "Mutations waiting for the writer.", Gauge::Kind::gauge,
                 [&queue] { return static_cast<std::uint64_t>(queue.waiting()); }});
    metrics.add({"portal_commit_groups_total", "Committed groups of writes.", Gauge::Kind::counter,
                 [&queue] { return queue.counters().groups; }});
    metrics.add({"portal_write_jobs_total", "Write jobs done.", Gauge::Kind::counter,
                 [&queue] { return queue.counters().jobs; }});
    metrics.add({"portal_commit_groups_failed_total", "Groups whose commit failed.", Gauge::Kind::counter,
                 [&queue] { return queue.counters().failed_groups; }});
}

// Everything that a running server is made of, in the order it must be taken down from the bottom
// up.
class Serving {
  public:
    Serving(DataFolder folder, std::unique_ptr<Repository> repository, const ServeFlags& flags)
        : m_folder(std::move(folder)),
          m_repository(std::move(repository)),
          m_queue(*m_repository),
          m_log(system_clock(), flags.log == "quiet"        ? LogLevel::quiet
                                : flags.log == "everything" ? LogLevel::everything
                                                            : LogLevel::requests),
          m_hasher(make_argon2id_hasher()),
          m_password_workers(make_worker_pool(password_threads, limits::password_queue_max)),
          m_api({*m_repository, m_queue, system_clock(), *m_random, *m_hasher, *m_password_workers, m_log,
                 flags.offline_lease_days}),
          m_hub([this](const std::string& session) { return m_api.streams_of_session(session); }),
          m_site(flags.site) {}

    Status open(const NetworkOptions& options) {
        PORTAL_TRY_ASSIGN(network,
                          NetworkServer::open(options, {m_api, m_hub, m_site, m_metrics, m_log, system_clock()}));
        m_network = std::move(network);
        add_storage_gauges(m_metrics, m_queue);
        m_hub.start_from(m_repository->read()->head().seq);
        m_queue.on_commit([this](const CommitNotice& notice) {
            m_hub.publish(notice);
            m_api.followers().publish(notice);
        });
        PORTAL_TRY(
            m_network->open_control(m_folder.control_path(), [this](const std::string& request, const auto& tell) {
                JobContext context{*m_repository,  import::queued_writes(m_queue),
                                   system_clock(), *m_job_random,
                                   nullptr,        [this] { return m_network->is_draining(); }};
                serve_job(request, context, tell);
            }));
        m_network->run_every(housekeeping_interval_ms, [this] { keep_house(); });
        m_network->run_every(limits::share_tick_ms, [this] { m_api.followers().tick(); });
        // The site is there before the first visitor; without one the API still works, and the log
        // says so.
        if (const Status loaded = m_site.refresh(); !loaded) m_log.error("site_not_loaded", loaded.error().message);
        m_writer = std::make_unique<WriterThread>(m_queue);
        return {};
    }

    std::uint16_t port() const { return m_network->port(); }

    void run() {
        m_network->run();
        // What is queued is committed, and its answers go nowhere, before the network's objects are
        // gone.
        m_writer.reset();
        m_password_workers.reset();
    }

  private:
    // Tombstones, old push results, sessions and links that have had their time.
    void keep_house() {
        WriteJob job;
        job.run = [](WriteTransaction& writes) -> Status {
            writes.collect_garbage(system_clock().now_ms());
            return {};
        };
        job.done = [this](const Status& done) {
            if (!done) m_log.error("housekeeping_failed", done.error().message);
        };
        if (const Status queued = m_queue.submit(std::move(job)); !queued)
            m_log.error("housekeeping_not_queued", queued.error().message);
    }

    DataFolder m_folder;
    std::unique_ptr<Repository> m_repository;
    CommitQueue m_queue;
    ServerLog m_log;
    Metrics m_metrics;
    std::unique_ptr<RandomSource> m_random = make_system_random();      // The writer's thread owns it.
    std::unique_ptr<RandomSource> m_job_random = make_system_random();  // The control thread owns it.
    std::unique_ptr<PasswordHasher> m_hasher;
    std::unique_ptr<WorkerPool> m_password_workers;
    Api m_api;
    LiveHub m_hub;
    SiteFolder m_site;
    std::unique_ptr<NetworkServer> m_network;
    std::unique_ptr<WriterThread> m_writer;
};

int serve(const ServeFlags& flags) {
    if (flags.network.tls_certificate_file.empty() != flags.network.tls_key_file.empty())
        return fail_command({ErrorCode::invalid_argument, "--tls-cert and --tls-key belong together"});
    auto folder = DataFolder::open(flags.data, DataFolder::Create::yes);
    if (!folder) return fail_command(folder.error());
    const auto random = make_system_random();
    SqliteOptions options;
    options.path = folder->database_path();
    auto repository = open_sqlite_repository(options, *random);
    if (!repository) return fail_command(repository.error());
    auto serving = std::make_unique<Serving>(std::move(*folder), std::move(*repository), flags);
    if (const Status opened = serving->open(flags.network); !opened) return fail_command(opened.error());
    const bool tls = !flags.network.tls_certificate_file.empty();
    std::printf("%s://%s:%u\n", tls ? "https" : "http",
                flags.network.address.find(':') == std::string::npos ? flags.network.address.c_str()
                                                                     : ("[" + flags.network.address + "]").c_str(),
                static_cast<unsigned>(serving->port()));
    std::fflush(stdout);
    serving->run();
    return 0;
}

}  // namespace

void add_serve_command(CLI::App& app, int& exit_code) {
    auto flags = std::make_shared<ServeFlags>();
    CLI::App* command = app.add_subcommand("serve", "Serve the site and the API until SIGTERM or SIGINT");
    command->add_option("--data", flags->data, "Data folder; made if missing")->required();
    command->add_option("--site", flags->site, "Folder with site.json and the files it lists")->required();
    command->add_option("--port", flags->network.port, "TCP port; 0 lets the system choose")->required();
    command->add_option("--address", flags->network.address, "IP address to listen on")->capture_default_str();
    command->add_option("--tls-cert", flags->network.tls_certificate_file,
                        "PEM certificate chain; without it plain HTTP");
    command->add_option("--tls-key", flags->network.tls_key_file, "PEM private key");
    command->add_option("--io-threads", flags->network.io_threads, "Threads that move bytes")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_option("--worker-threads", flags->network.worker_threads, "Threads that answer requests")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_option("--rate-factor", flags->network.rate_factor, "Multiplies every rate limit; for load tests")
        ->check(CLI::Range(0.01, 1e6))
        ->capture_default_str();
    command
        ->add_option("--offline-lease-days", flags->offline_lease_days,
                     "How long a device shows rows without a word of the server")
        ->check(CLI::Range(std::int64_t{1}, limits::offline_lease_days_max))
        ->capture_default_str();
    command->add_option("--log", flags->log, "quiet, requests or everything")
        ->check(CLI::IsMember({"quiet", "requests", "everything"}))
        ->capture_default_str();
    command->callback([flags, &exit_code] { exit_code = serve(*flags); });
}

}  // namespace portal::server
