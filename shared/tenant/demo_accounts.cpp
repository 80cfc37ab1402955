#include "shared/tenant/demo_accounts.hpp"

#include <array>

namespace portal::tenant {
namespace {

constexpr auto accounts = std::to_array<DemoAccount>({
    {"front_desk", "01J0DEM0000000000000000001", "maya.ortega@willowcreek.example", "Maya Ortega", "Front desk",
     Role::practice_user, "Willow Creek Animal Hospital, the morning its ledger match broke",
     "Willow Creek Animal Hospital, la mañana en que se rompió su cuadre contable", true},
    {"practice_owner", "01J0DEM0000000000000000002", "tomas.finch@alderfinch.example", "Tomas Finch", "Practice owner",
     Role::practice_admin, "Alder & Finch Dental Studio: two locations and one low March",
     "Alder & Finch Dental Studio: dos consultorios y un marzo flojo", true},
    {"account_manager", "01J0DEM0000000000000000003", "priya.raman@partnerdesk.example", "Priya Raman",
     "Account manager", Role::account_manager, "A book of 120 practices, who needs you first",
     "Una cartera de 120 consultorios, quién le necesita primero", true},
    {"support_agent", "01J0DEM0000000000000000004", "dana.whitlock@partnerdesk.example", "Dana Whitlock",
     "Support agent", Role::support_agent, "A queue of assigned tickets, the next promise on top",
     "Una cola de casos asignados, la próxima promesa arriba", true},
    {"vendor_engineer", "01J0DEM0000000000000000005", "jonas.beckett@canino.example", "Jonas Beckett",
     "Integration engineer", Role::vendor_user, "Every practice on Canino PMS: stages, checks, incidents",
     "Cada consultorio con Canino PMS: etapas, pruebas, incidentes", true},
    {"admin", "01J0DEM0000000000000000006", "ruth.okafor@partnerdesk.example", "Ruth Okafor", "Administrator",
     Role::admin, "Users, grants and integrations; no volumes", "Usuarios, permisos e integraciones; sin volúmenes",
     true},
    {"auditor", "01J0DEM0000000000000000007", "henrik.soto@partnerdesk.example", "Henrik Soto", "Auditor",
     Role::auditor, "Everything, read only", "Todo, solo lectura", false},
    {"quality_analyst", "01J0DEM0000000000000000008", "lena.abbott@partnerdesk.example", "Lena Abbott",
     "Quality analyst", Role::quality_analyst, "A sample of closed work", "Una muestra de casos cerrados", false},
    {"second_approver", "01J0DEM0000000000000000009", "samir.castell@partnerdesk.example", "Samir Castell",
     "Second approver", Role::admin, "The second signature that a grant needs",
     "La segunda firma que un permiso necesita", false},
});

}  // namespace

std::span<const DemoAccount> demo_accounts() {
    return accounts;
}

const DemoAccount* find_demo_account(std::string_view key) {
    for (const auto& account : accounts)
        if (account.key == key) return &account;
    return nullptr;
}

}  // namespace portal::tenant
