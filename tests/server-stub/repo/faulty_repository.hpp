// A repository whose commits or reads fail when a test says so: a planted fault is an object that only tests have.
#pragma once

#include <functional>
#include <memory>

#include "server-stub/repo/repository.hpp"

namespace portal::server::test {

class FaultyRepository final : public Repository {
  public:
    explicit FaultyRepository(std::unique_ptr<Repository> inner) : m_inner(std::move(inner)) {}

    int fail_commits = 0;           // How many of the next commits fail before anything is durable.
    int failed_commits = 0;         // How many did.
    bool tells_failed_ones = true;  // Or takes them for done.
    bool fail_reads = false;
    // A defect that stands between the writers and what they write to; none where it is empty.
    std::function<std::unique_ptr<WriteTransaction>(WriteTransaction&)> defect;

    std::unique_ptr<ReadSnapshot> read() override {
        if (fail_reads) throw StorageFault({ErrorCode::unavailable, "the read failed on purpose"});
        return m_inner->read();
    }
    std::unique_ptr<GroupTransaction> begin_group() override {
        return std::make_unique<Group>(m_inner->begin_group(), *this);
    }
    Status backup_to(const std::string& path) override { return m_inner->backup_to(path); }
    IntegrityReport check_integrity() override { return m_inner->check_integrity(); }

  private:
    class Group final : public GroupTransaction {
      public:
        Group(std::unique_ptr<GroupTransaction> inner, FaultyRepository& repository)
            : m_inner(std::move(inner)), m_repository(repository) {
            if (m_repository.defect) m_defective = m_repository.defect(m_inner->writes());
        }
        WriteTransaction& writes() override { return m_defective ? *m_defective : m_inner->writes(); }
        CommitNotice commit() override {
            if (m_repository.fail_commits == 0) return m_inner->commit();
            --m_repository.fail_commits;
            ++m_repository.failed_commits;
            if (!m_repository.tells_failed_ones) return {};
            throw StorageFault({ErrorCode::unavailable, "the commit failed on purpose"});
        }

      private:
        std::unique_ptr<GroupTransaction> m_inner;
        std::unique_ptr<WriteTransaction> m_defective;
        FaultyRepository& m_repository;
    };

    std::unique_ptr<Repository> m_inner;
};

}  // namespace portal::server::test
