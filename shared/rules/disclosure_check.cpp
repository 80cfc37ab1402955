#include "shared/rules/disclosure_check.hpp"

#include <algorithm>
#include <array>

#include "shared/rules/folded_text.hpp"

namespace portal {
namespace {

enum class Tongue : std::uint8_t { english, spanish };

struct Phrase {
    std::string_view letters;  // A leading 0 stands for any number that is nothing: 0, 0.00.
    DisclosureRule rule;
    Tongue tongue;
};

// The longest of those that begin alike is found first.
constexpr auto phrases = std::to_array<Phrase>({
    {"interestfreefinancing", DisclosureRule::interest_free, Tongue::english},
    {"interestfree", DisclosureRule::interest_free, Tongue::english},
    {"freeofinterest", DisclosureRule::interest_free, Tongue::english},
    {"withoutinterest", DisclosureRule::interest_free, Tongue::english},
    {"zerointerest", DisclosureRule::interest_free, Tongue::english},
    {"0interest", DisclosureRule::interest_free, Tongue::english},
    {"libredeintereses", DisclosureRule::interest_free, Tongue::spanish},
    {"cerointereses", DisclosureRule::interest_free, Tongue::spanish},
    {"0intereses", DisclosureRule::interest_free, Tongue::spanish},
    {"freefinancing", DisclosureRule::free_financing, Tongue::english},
    {"financingisfree", DisclosureRule::free_financing, Tongue::english},
    {"financingforfree", DisclosureRule::free_financing, Tongue::english},
    {"financiamientogratis", DisclosureRule::free_financing, Tongue::spanish},
    {"financiamientogratuito", DisclosureRule::free_financing, Tongue::spanish},
    {"financiaciongratis", DisclosureRule::free_financing, Tongue::spanish},
    {"financiaciongratuita", DisclosureRule::free_financing, Tongue::spanish},
    {"0%interest", DisclosureRule::zero_percent, Tongue::english},
    {"0%financing", DisclosureRule::zero_percent, Tongue::english},
    {"0%deinteres", DisclosureRule::zero_percent, Tongue::spanish},
    {"0%apr", DisclosureRule::zero_percent, Tongue::english},
    {"0%", DisclosureRule::zero_percent, Tongue::english},
    {"0percent", DisclosureRule::zero_percent, Tongue::english},
    {"zeropercent", DisclosureRule::zero_percent, Tongue::english},
    {"zero%", DisclosureRule::zero_percent, Tongue::english},
    {"0porciento", DisclosureRule::zero_percent, Tongue::spanish},
    {"ceroporciento", DisclosureRule::zero_percent, Tongue::spanish},
    {"cero%", DisclosureRule::zero_percent, Tongue::spanish},
    {"sameascash", DisclosureRule::same_as_cash, Tongue::english},
    {"igualqueefectivo", DisclosureRule::same_as_cash, Tongue::spanish},
    {"igualqueenefectivo", DisclosureRule::same_as_cash, Tongue::spanish},
    {"lomismoqueefectivo", DisclosureRule::same_as_cash, Tongue::spanish},
    {"nointerest", DisclosureRule::no_interest, Tongue::english},
    {"sinintereses", DisclosureRule::no_interest, Tongue::spanish},
    {"sininteres", DisclosureRule::no_interest, Tongue::spanish},
    {"guaranteedapproval", DisclosureRule::guaranteed, Tongue::english},
    {"approvalguaranteed", DisclosureRule::guaranteed, Tongue::english},
    {"guaranteed", DisclosureRule::guaranteed, Tongue::english},
    {"aprobaciongarantizada", DisclosureRule::guaranteed, Tongue::spanish},
    {"garantizado", DisclosureRule::guaranteed, Tongue::spanish},
    {"garantizada", DisclosureRule::guaranteed, Tongue::spanish},
    {"garantizados", DisclosureRule::guaranteed, Tongue::spanish},
    {"garantizadas", DisclosureRule::guaranteed, Tongue::spanish},
    {"preapproved", DisclosureRule::preapproved, Tongue::english},
    {"preapproval", DisclosureRule::preapproved, Tongue::english},
    {"preaprobado", DisclosureRule::preapproved, Tongue::spanish},
    {"preaprobada", DisclosureRule::preapproved, Tongue::spanish},
    {"preaprobados", DisclosureRule::preapproved, Tongue::spanish},
    {"preaprobadas", DisclosureRule::preapproved, Tongue::spanish},
    {"nocreditcheck", DisclosureRule::no_credit_check, Tongue::english},
    {"nocreditchecks", DisclosureRule::no_credit_check, Tongue::english},
    {"withoutacreditcheck", DisclosureRule::no_credit_check, Tongue::english},
    {"withoutcreditcheck", DisclosureRule::no_credit_check, Tongue::english},
    {"sinverificaciondecredito", DisclosureRule::no_credit_check, Tongue::spanish},
    {"sinrevisiondecredito", DisclosureRule::no_credit_check, Tongue::spanish},
    {"sinconsultadecredito", DisclosureRule::no_credit_check, Tongue::spanish},
});

// What makes of "No interest" the claim that a plan may make, up to the number of months.
constexpr std::string_view english_condition = "ifpaidinfullwithin", english_months = "months";
constexpr std::string_view spanish_condition = "sisepagaensutotalidaddentrode", spanish_months = "meses";

// What has to stand beside that claim: each of these, in one of its forms.
using Duty = std::array<std::string_view, 3>;
constexpr auto english_duties = std::to_array<Duty>({{"interestwillbecharged"},
                                                     {"fromthepurchasedate", "fromthedateofpurchase"},
                                                     {"latepayment", "paymentislate", "paylate"},
                                                     {"apr"}});
constexpr auto spanish_duties = std::to_array<Duty>({{"secobraranintereses"},
                                                     {"desdelafechadecompra", "desdelafechadelacompra"},
                                                     {"pagoseatrasa", "pagoatrasado", "pagotardio"},
                                                     {"apr", "tasaanual"}});

// "no" denies a Spanish phrase like these, and an English one only right before it.
constexpr auto denials = std::to_array<std::string_view>({"not", "never", "isnt", "arent", "wasnt", "cannot", "cant",
                                                          "dont", "doesnt", "wont", "shouldnt", "neither", "nor",
                                                          "avoid", "nunca", "jamas", "tampoco", "ni", "evite"});
// What may stand between a denial and what it denies; anything else ("not only") leaves the phrase a promise.
constexpr auto bridges = std::to_array<std::string_view>(
    {"a",    "an",        "the",    "be",       "being",   "is",     "are",     "it",      "this",
     "that", "always",    "really", "actually", "offer",   "offers", "offered", "call",    "called",
     "say",  "saying",    "as",     "any",      "or",      "our",    "your",    "promise", "advertise",
     "es",   "esta",      "estan",  "son",      "ser",     "un",     "una",     "el",      "la",
     "o",    "ofrecemos", "hay",    "diga",     "decimos", "como",   "promete", "siempre"});

constexpr int rewrite_rounds_max = 8;

class DisclosureScan {
  public:
    DisclosureScan(std::string_view text, const std::optional<DisclosureTerms>& terms)
        : m_letters(fold_text(text)), m_terms(terms) {
        for (std::size_t at = 0; at < m_letters.size(); ++at) {
            m_squeezed += m_letters[at].letter;
            if (at == 0 || m_letters[at].gap != TextGap::none) m_word_starts.push_back(at);
        }
    }

    std::vector<DisclosureFinding> findings() {
        mark_phrases();
        std::vector<DisclosureFinding> found;
        for (const Marked& marked : m_marked)
            if (!is_denied(marked)) judge(marked, found);
        return found;
    }

  private:
    struct Marked {
        const Phrase* phrase = nullptr;
        std::size_t first = 0, end = 0;  // Letters.
    };

    bool ends_word(std::size_t end) const { return end == m_letters.size() || m_letters[end].gap != TextGap::none; }

    // Where `pattern` ends when it begins at that letter, or nothing.
    std::optional<std::size_t> match(std::string_view pattern, std::size_t at) const {
        if (pattern.front() == '0') {
            const std::size_t number = at;
            while (at < m_squeezed.size() && m_squeezed[at] == '0' && (at == number || !ends_word(at)))
                ++at;
            if (at == number) return std::nullopt;
            pattern.remove_prefix(1);
        }
        if (m_squeezed.compare(at, pattern.size(), pattern) != 0 || !ends_word(at + pattern.size()))
            return std::nullopt;
        return at + pattern.size();
    }

    void mark_phrases() {
        std::size_t covered = 0;
        for (const std::size_t start : m_word_starts) {
            if (start < covered) continue;
            Marked longest;
            for (const Phrase& phrase : phrases)
                if (const auto end = match(phrase.letters, start); end && *end > longest.end)
                    longest = {&phrase, start, *end};
            if (!longest.phrase || is_about_nothing(longest)) continue;
            m_marked.push_back(longest);
            covered = longest.end;
        }
    }

    // "no interest-free period" denies, it does not promise.
    bool is_about_nothing(const Marked& marked) const {
        return marked.phrase->letters == "nointerest" && m_squeezed.compare(marked.end, 4, "free") == 0;
    }

    std::string_view word(std::size_t index) const {
        const std::size_t end = index + 1 < m_word_starts.size() ? m_word_starts[index + 1] : m_squeezed.size();
        return std::string_view(m_squeezed).substr(m_word_starts[index], end - m_word_starts[index]);
    }
    bool is_in_phrase(std::size_t letter) const {
        return std::ranges::any_of(m_marked,
                                   [&](const Marked& one) { return one.first <= letter && letter < one.end; });
    }

    bool is_denied(const Marked& marked) const {
        const auto start = std::ranges::lower_bound(m_word_starts, marked.first);
        std::size_t index = static_cast<std::size_t>(start - m_word_starts.begin());
        for (bool is_next = true; index > 0; is_next = false) {
            if (m_letters[m_word_starts[index]].gap == TextGap::clause) return false;
            const std::string_view before = word(--index);
            if (is_in_phrase(m_word_starts[index])) continue;
            if (before == "no" && (is_next || marked.phrase->tongue == Tongue::spanish)) return true;
            // "Why not" invites.
            if (std::ranges::find(denials, before) != denials.end()) return index == 0 || word(index - 1) != "why";
            if (std::ranges::find(bridges, before) == bridges.end()) return false;
        }
        return false;
    }

    void judge(const Marked& marked, std::vector<DisclosureFinding>& found) const {
        if (marked.phrase->rule != DisclosureRule::no_interest) {
            found.push_back(finding(marked.phrase->rule, marked.first, marked.end, plain_rewrite(*marked.phrase)));
            return;
        }
        const bool is_english = marked.phrase->tongue == Tongue::english;
        const auto end = claim_end(marked, is_english);
        if (end && has_duties(is_english)) return;
        const DisclosureRule rule = end ? DisclosureRule::condition_missing : DisclosureRule::no_interest;
        found.push_back(finding(rule, marked.first, end.value_or(marked.end), claim_rewrite(marked, is_english)));
    }

    // Where "No interest if paid in full within 12 months" ends; nothing when that is not what is said.
    std::optional<std::size_t> claim_end(const Marked& marked, bool is_english) const {
        const std::string_view condition = is_english ? english_condition : spanish_condition;
        const std::string_view months = is_english ? english_months : spanish_months;
        if (m_squeezed.compare(marked.end, condition.size(), condition) != 0) return std::nullopt;
        std::size_t at = marked.end + condition.size();
        const std::size_t number = at;
        while (at < m_squeezed.size() && m_squeezed[at] >= '0' && m_squeezed[at] <= '9')
            ++at;
        if (at == number || m_squeezed.compare(at, months.size(), months) != 0) return std::nullopt;
        return at + months.size();
    }

    bool has_duties(bool is_english) const {
        return std::ranges::all_of(is_english ? english_duties : spanish_duties, [&](const Duty& forms) {
            return std::ranges::any_of(forms, [&](std::string_view form) {
                return !form.empty() && m_squeezed.find(form) != std::string::npos;
            });
        });
    }

    DisclosureFinding finding(DisclosureRule rule, std::size_t first, std::size_t end, std::string rewrite) const {
        const std::size_t byte = m_letters[first].first;
        return {rule, byte, m_letters[end - 1].end - byte, std::move(rewrite), {}};
    }

    static std::string plain_rewrite(const Phrase& phrase) {
        const bool is_english = phrase.tongue == Tongue::english;
        switch (phrase.rule) {
            case DisclosureRule::guaranteed:
            case DisclosureRule::preapproved:
                return is_english ? "subject to credit approval" : "sujeto a aprobación de crédito";
            case DisclosureRule::no_credit_check:
                return is_english ? "with a credit check" : "con verificación de crédito";
            default:
                return is_english ? "promotional financing" : "financiamiento promocional";
        }
    }

    std::string claim_rewrite(const Marked& marked, bool is_english) const {
        if (!m_terms || m_terms->months <= 0) return plain_rewrite(*marked.phrase);
        const std::string months = std::to_string(m_terms->months);
        const std::int32_t rate = m_terms->apr_basis_points;
        const std::string apr =
            std::to_string(rate / 100) + (rate % 100 < 10 ? ".0" : ".") + std::to_string(rate % 100);
        if (is_english)
            return "No interest if paid in full within " + months +
                   " months. Interest will be charged from the purchase date if the balance is not paid in full "
                   "within " +
                   months + " months or if a payment is late. " + apr + "% APR";
        return "Sin intereses si se paga en su totalidad dentro de " + months +
               " meses. Se cobrarán intereses desde la fecha de compra si el saldo no se paga en su totalidad dentro "
               "de " +
               months + " meses o si un pago se atrasa. APR " + apr + "%";
    }

    std::vector<FoldedLetter> m_letters;
    std::optional<DisclosureTerms> m_terms;
    std::string m_squeezed;                  // The letters alone.
    std::vector<std::size_t> m_word_starts;  // Letters.
    std::vector<Marked> m_marked;
};

std::optional<std::size_t> exception_for(DisclosureRule rule, std::string_view words,
                                         std::span<const DisclosureException> exceptions, Day today) {
    for (std::size_t index = 0; index < exceptions.size(); ++index) {
        const DisclosureException& one = exceptions[index];
        if (one.rule == rule && one.approved_on <= today && today < one.expires_on && folded_words(one.text) == words)
            return index;
    }
    return std::nullopt;
}

}  // namespace

bool DisclosureReport::is_clean() const {
    return std::ranges::all_of(findings, [](const DisclosureFinding& one) { return one.exception.has_value(); });
}

DisclosureReport check_disclosure(std::string_view text, const std::optional<DisclosureTerms>& terms,
                                  std::span<const DisclosureException> exceptions, Day today) {
    DisclosureReport report{DisclosureScan(text, terms).findings()};
    if (exceptions.empty() || report.findings.empty()) return report;
    const std::string words = folded_words(text);
    for (DisclosureFinding& finding : report.findings)
        finding.exception = exception_for(finding.rule, words, exceptions, today);
    return report;
}

std::string rewritten_disclosure(std::string_view text, const std::optional<DisclosureTerms>& terms) {
    std::string written(text);
    // What a rewritten phrase was denied by may have held for the next one, too.
    for (int round = 0; round < rewrite_rounds_max; ++round) {
        const DisclosureReport report = check_disclosure(written, terms);
        if (report.findings.empty()) break;
        for (auto finding = report.findings.rbegin(); finding != report.findings.rend(); ++finding)
            written.replace(finding->first, finding->size, finding->rewrite);
    }
    return written;
}

}  // namespace portal
