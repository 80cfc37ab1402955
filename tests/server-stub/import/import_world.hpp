// A database in a folder of its own, files to import into it, and what came of them.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "server-stub/import/importer.hpp"
#include "server-stub/repo/sqlite_repository.hpp"

namespace portal::tests {

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "portal-test-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        m_path = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::string file(const std::string& name) const { return m_path + "/" + name; }
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(file(name), std::ios::binary) << bytes;
        return file(name);
    }

  private:
    std::string m_path;
};

class ImportWorld {
  public:
    ImportWorld() { open(); }

    void open() {
        m_queue.reset();
        m_repository.reset();
        auto repository = server::open_sqlite_repository({m_folder.file("portal.db"), {}, {}}, m_random);
        REQUIRE(repository);
        m_repository = std::move(*repository);
        m_queue = std::make_unique<server::CommitQueue>(*m_repository);
    }
    void close() {
        m_queue.reset();
        m_repository.reset();
    }

    Result<import::ImportReport> run(import::ImportOptions options,
                                     std::function<void(const import::Progress&)> progress = {}) {
        import::ImportServices services{
            *m_repository, import::direct_writes(*m_queue), m_clock, m_random, std::move(progress), {}};
        return import::run_import(options, services);
    }
    Result<import::ImportReport> import_text(import::Kind kind, const std::string& text,
                                             import::ImportOptions options = {}) {
        options.kind = kind;
        if (options.file.empty()) options.file = m_folder.write("import.csv", text);
        return run(std::move(options));
    }
    // Imports that are to succeed whole.
    import::ImportReport must_import(import::Kind kind, const std::string& text) {
        auto report = import_text(kind, text);
        if (!report) FAIL(report.error().message);
        for (const auto& refusal : report->refusals)
            FAIL_CHECK(refusal.line << ": " << refusal.reason);
        REQUIRE(report->published);
        return *report;
    }

    void import_places() {
        must_import(import::Kind::practices,
                    "external_key,name,specialty,enrolled_on\nP-1,Willow Creek Dental,dental,2024-01-02\n"
                    "P-2,Harbor Vets,veterinary,2024-02-03\n");
        must_import(import::Kind::locations,
                    "external_key,practice,name,city,state,time_zone\nL-1,P-1,Main "
                    "Street,Austin,TX,America/Chicago\n"
                    "L-2,P-2,Harbor,Portland,OR,America/Los_Angeles\n");
        must_import(import::Kind::promo_plans,
                    "external_key,name,kind,months,minimum_cents,effective_from\nD12,12 "
                    "months,deferred_interest,12,20000,2020-01-01\n");
    }

    server::Repository& repository() { return *m_repository; }
    std::unique_ptr<server::ReadSnapshot> read() { return m_repository->read(); }
    TemporaryFolder& folder() { return m_folder; }
    ManualClock& clock() { return m_clock; }

  private:
    TemporaryFolder m_folder;
    ManualClock m_clock{1'780'000'000'000};  // 2026-05-28
    SeededRandom m_random{7};
    std::unique_ptr<server::Repository> m_repository;
    std::unique_ptr<server::CommitQueue> m_queue;
};  // namespace portal::tests

inline const std::string fact_header =
    "external_key,application_ref,kind,status,location,plan,event_day,posted_day,hour_band,"
    "requested_cents,approved_cents,"
    "settled_cents,fee_cents\n";

// Facts of L-1 and L-2 by turns, spread over the months of 2025.
inline std::string fact_rows(int from, int until) {
    std::string text;
    for (int number = from; number < until; ++number) {
        const std::string day = "2025-" + std::string(number % 12 < 9 ? "0" : "") + std::to_string(number % 12 + 1) +
                                "-" + std::string(number % 28 < 9 ? "0" : "") + std::to_string(number % 28 + 1);
        text += "F-" + std::to_string(number) + ",A-" + std::to_string(number) + ",sale,settled,L-" +
                std::to_string(number % 2 + 1) + ",D12," + day + "," + day + ",10,0,0," +
                std::to_string(20'000 + number) + ",100\n";
    }
    return text;
}

}  // namespace portal::tests
