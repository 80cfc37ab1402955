#include "shared/tenant/threads.hpp"

namespace portal::tenant {
namespace {

using enum TicketCategory;
using enum TicketPriority;

constexpr Line received = {Voice::automatic, "We have your ticket. Somebody will answer within the time shown above."};
constexpr Line received_es = {Voice::automatic, "Recibimos su caso. Alguien responderá dentro del plazo indicado arriba."};

constexpr auto english = std::to_array<Thread>({
    {integration, high, true, "posting", "Sales do not appear in {product}",
     "Since this morning approved sales are not written back to the ledger in {product}. We post them by hand for now.",
     {received,
      {Voice::agent, "Thank you, {requester}. I can see the calls arriving and being refused. Did anything change on your server last night?"},
      {Voice::practice, "There was an automatic update at 2 AM."},
      {Voice::agent_internal, "Same release as three other sites this week. Asked the vendor for the change list."},
      {Voice::agent, "The update reset the connector's permission. It is restored and the waiting sales have posted. Please check two of them."},
      {Voice::practice, "Both are there. Thank you."}}},
    {integration, normal, true, "speed", "The application window opens slowly",
     "It takes about ten seconds until the application form opens from {product}. Last month it was two.",
     {received,
      {Voice::agent, "I measured from our side and see the delay before the call reaches us. May I pass this to the vendor's team?"},
      {Voice::vendor, "We found a slow lookup in the launcher. A fix goes out with the next weekly release."},
      {Voice::agent, "The release is out. Could you try again and tell me how long it takes?"},
      {Voice::practice, "Two seconds again."}}},
    {integration, urgent, true, "login", "Staff cannot sign in from {product}",
     "The single sign-on from {product} shows an error page for everybody since 8:10.",
     {received,
      {Voice::agent, "I am on it. Until it works you can open the portal directly with your usual e-mail address."},
      {Voice::agent_internal, "Certificate of the vendor's identity service ran out. Called their on-call line."},
      {Voice::agent, "The vendor renewed a certificate and sign-in works again. I will stay with this until noon."},
      {Voice::practice, "Confirmed, all three desks are in."}}},
    {integration, normal, true, "report", "Two entries without a match in the daily report",
     "Yesterday's check lists two ledger entries without a partner. Amounts are right in both places.",
     {received,
      {Voice::agent, "Both were keyed before the location number was corrected. I asked for them to be matched by hand."},
      {Voice::agent, "They are matched now and tomorrow's check should be clean."}}},
    {financing, normal, false, "deposit", "A deposit is smaller than the day's sales",
     "Tuesday's deposit is lower than what we sold. Could you tell me what was taken off?",
     {received,
      {Voice::agent, "One refund of the week before was taken off together with the fees. The lines are under Financing, filtered to that day."},
      {Voice::practice, "I see it now. Could the report say so by itself?"},
      {Voice::agent, "I passed the wish on. Closing this for now; write back whenever you like."}}},
    {financing, normal, false, "refund", "How do we refund half of a sale?",
     "We agreed to give back a part of one sale. Where is the partial refund?",
     {received,
      {Voice::agent, "Open the sale, choose Refund and type the amount. The merchant fee of that part comes back too."},
      {Voice::practice, "Done, thank you."}}},
    {financing, high, false, "chargeback", "A chargeback we do not understand",
     "A chargeback arrived for a sale of last month. What do you need from us, and until when?",
     {received,
      {Voice::agent, "Please send the signed treatment estimate, without any personal details on it, within ten days."},
      {Voice::practice, "We have uploaded the signed estimate with the details blacked out."},
      {Voice::agent_internal, "Looks complete. Forwarded with the reference."},
      {Voice::agent, "The case was decided for you and the amount has been reversed into the next deposit."}}},
    {financing, low, false, "report", "Monthly report by location",
     "Our accountant asks for one file per location. Is that possible?",
     {received,
      {Voice::agent, "Yes: choose the location in the top bar and export. The file carries the location's name."},
      {Voice::practice, "Perfect."}}},
    {account, normal, false, "users", "New colleague needs access",
     "A new front desk colleague starts on Monday and needs access to one location only.",
     {received,
      {Voice::agent, "Your practice's administrator can invite her under Users. I have made sure the location is offered there."},
      {Voice::practice, "The invitation arrived."}}},
    {account, low, false, "address", "We moved to another suite",
     "Same building, new suite number. Where do we change it?",
     {received, {Voice::agent, "I changed it for you; it shows from tomorrow on printed material too."}}},
    {account, normal, false, "bank", "Bank account for deposits changes",
     "We changed banks. The new account should be used from the first of the month.",
     {received,
      {Voice::agent, "For your safety this needs the form with two signatures. I have sent it to the owner's address on file."},
      {Voice::practice, "Signed and returned today."},
      {Voice::agent, "Both signatures are confirmed. The first deposit to the new account is on the 3rd."}}},
    {training, low, false, "training", "Refresher for two new assistants",
     "Could somebody show our two new assistants how to explain the plans?",
     {received,
      {Voice::agent, "Gladly. I can offer Wednesday or Thursday at lunch, 25 minutes by video."},
      {Voice::practice, "Thursday works."},
      {Voice::agent, "Held today. I left the talking points sheet under Files."}}},
    {training, normal, false, "wording", "How do we word the 12 month plan on our site?",
     "We would like to mention the 12 month plan on our website. Which words may we use?",
     {received,
      {Voice::agent, "Please use the checked text from the disclosure page; shorter versions leave out what must stand beside it."},
      {Voice::practice, "We copied it as it is. Is this all right?"},
      {Voice::agent, "Yes, exactly so."}}},
    {other, low, false, "material", "Counter cards are running out",
     "We have five counter cards left. May we order more?",
     {received, {Voice::agent, "Fifty are on their way, together with the Spanish edition."}, {Voice::practice, "Thank you."}}},
});

constexpr auto spanish = std::to_array<Thread>({
    {integration, high, true, "posting", "Las ventas no aparecen en {product}",
     "Desde ayer por la tarde las ventas aprobadas no se registran en {product}. Por ahora las anotamos a mano.",
     {received_es,
      {Voice::agent, "Gracias, {requester}. Veo que las llamadas llegan y son rechazadas. ¿Cambió algo en su servidor anoche?"},
      {Voice::practice, "Sí, el técnico instaló una actualización."},
      {Voice::agent, "La actualización quitó un permiso al conector. Ya está restaurado. ¿Puede comprobar dos ventas, por favor?"},
      {Voice::practice, "Las dos están. ¡Muchas gracias!"}}},
    {financing, normal, false, "deposit", "El depósito del martes no cuadra",
     "El depósito del martes es menor que las ventas del día. ¿Qué se descontó?",
     {received_es,
      {Voice::agent, "Se descontó un reembolso de la semana anterior y las comisiones. Las líneas están en Financiación, filtradas por ese día."},
      {Voice::practice, "Ya lo veo, gracias."}}},
    {training, low, false, "training", "Material en español para el mostrador",
     "¿Tienen las tarjetas de mostrador y la hoja de explicación en español?",
     {received_es,
      {Voice::agent, "Claro que sí. Le envié cincuenta tarjetas y la hoja revisada del plan de 12 meses."},
      {Voice::practice, "Llegaron hoy. Mañana mismo las usamos."}}},
    {account, normal, false, "users", "Acceso para una compañera nueva",
     "Una compañera empieza el lunes en recepción y necesita acceso.",
     {received_es, {Voice::agent, "La persona administradora puede invitarla en Usuarios. Si algo no funciona, escríbame aquí."}}},
});

constexpr Thread recovered = {
    integration, urgent, true, "ledger,upgrade", "Ledger match broke after the upgrade to 9.4",
    "Since the upgrade of {product} to 9.4 about a quarter of our ledger entries find no partner. Deposits look right, but the end-of-day report does not.",
    {{received,
      {Voice::agent, "Thank you for filing this with the check attached, {requester}: I see match falling from 98% to 75% on the morning of the upgrade."},
      {Voice::agent_internal, "9.4 writes entry ids with a location prefix. Vendor confirms; a mapping is being prepared."},
      {Voice::vendor, "The mapping for the new ids is in place for your site. Entries since the upgrade are being matched again."},
      {Voice::agent, "All entries since the upgrade have been matched again, and today's check is back at 98%. I keep an eye on it for a week."},
      {Voice::practice, "The report is clean again. Thank you both."}}}};

constexpr Thread clash = {
    account, normal, false, "hours,holiday", "Change our opening hours for the holidays",
    "We close at noon on the day before the holidays at all three locations. Please adapt hours, so that nobody worries about missing calls.",
    {{received,
      {Voice::agent, "Gladly. Is it the same for the emergency desk?"},
      {Voice::practice, "I will ask and write it here."}}}};

constexpr Thread owner = {
    financing, normal, false, "report", "Which sales of March belong to the second location?",
    "Our March was low and I would like to see it by location before I talk to the team.",
    {{received,
      {Voice::agent, "Nearly all of the difference comes from the second location: its schedule had almost no surgery days in March. Would a file with both locations side by side help you?"}}}};

}  // namespace

std::span<const Thread> english_threads() { return english; }
std::span<const Thread> spanish_threads() { return spanish; }
const Thread& recovered_thread() { return recovered; }
const Thread& clash_thread() { return clash; }
const Thread& owner_thread() { return owner; }

}  // namespace portal::tenant
