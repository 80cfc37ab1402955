// The accessible mirror: a transparent tree of real elements over the canvas.
//
// C++ sends what changed (app/mirror/delta.hpp describes the words); elements are kept by node id and touched only
// then. Positions are relative to the parent element, so a scrolled table moves as one.
addToLibrary({
  $portal_window_mirror__deps: ['$UTF8ToString', 'portal_window_scroll_by'],
  $portal_window_mirror: {
    record_words: 21,
    changed_rect: 1,
    changed_content: 2,

    // Bits of portal::mirror::State.
    state: {
      disabled: 1 << 0, checkable: 1 << 1, checked: 1 << 2, expandable: 1 << 3, expanded: 1 << 4, selectable: 1 << 5,
      selected: 1 << 6, invalid: 1 << 7, required: 1 << 8, read_only: 1 << 9, current: 1 << 10, busy: 1 << 11,
      modal: 1 << 12, top_layer: 1 << 13, ascending: 1 << 14, descending: 1 << 15, focusable: 1 << 16, clipped: 1 << 17,
    },

    // tag: the element (a <div> unless said); role: its ARIA role, when the element has not got it by itself;
    // text: a leaf shows its name as text, which find-in-page finds; hit: lies under the pointer; of_rows: makes up rows.
    kinds: {
      text: { tag: 'span', text: true, of_rows: true },
      heading: { tag: 'h2', text: true },
      paragraph: { tag: 'p', text: true },
      button: { role: 'button', text: true, hit: true, of_rows: true },
      link: { tag: 'a', text: true, hit: true, of_rows: true },
      checkbox: { role: 'checkbox', text: true, hit: true },
      toggle: { role: 'switch', text: true, hit: true },
      radio: { role: 'radio', text: true, hit: true },
      textbox: { tag: 'input', type: 'text', hit: true },
      multiline_textbox: { tag: 'textarea', hit: true },
      password: { tag: 'input', type: 'password', hit: true },
      search_box: { tag: 'input', type: 'search', hit: true },
      combobox: { role: 'combobox', hit: true },
      listbox: { role: 'listbox' },
      option: { role: 'option', text: true, hit: true },
      list: { role: 'list' },
      list_item: { role: 'listitem', text: true },
      table: { role: 'table' },
      row_group: { role: 'rowgroup' },
      row: { role: 'row', of_rows: true },
      cell: { role: 'cell', text: true, of_rows: true },
      column_header: { role: 'columnheader', text: true },
      tab_list: { role: 'tablist' },
      tab: { role: 'tab', text: true, hit: true },
      tab_panel: { role: 'tabpanel' },
      dialog: { role: 'dialog' },
      alert_dialog: { role: 'alertdialog' },
      menu: { role: 'menu' },
      menu_item: { role: 'menuitem', text: true, hit: true },
      group: { role: 'group' },
      region: { tag: 'section' },
      navigation: { tag: 'nav' },
      main: { tag: 'main' },
      banner: { role: 'banner' },
      status: { role: 'status', text: true },
      alert: { role: 'alert', text: true },
      image: { role: 'img' },
      progress_bar: { role: 'progressbar' },
      meter: { role: 'meter' },
      slider: { role: 'slider', hit: true },
      separator: { role: 'separator' },
    },

    mirror: null,
    roles: [],
    // Map of node id to its element; made in start(), because the library's serialiser keeps plain data only.
    elements: null,
    // The entries in the order in which they are arranged.
    arranged: [],
    sides: ['left', 'top', 'width', 'height'],
    statistics: { update_count: 0, changed_count: 0, update_ms: 0 },

    start(root, role_names) {
      const self = portal_window_mirror;
      self.roles = role_names;
      self.elements = new Map();
      self.mirror = document.createElement('div');
      self.mirror.id = 'mirror';
      root.append(self.mirror);
      // Find-in-page and scrollIntoView() scroll this element; ImGui does the scrolling instead.
      self.mirror.addEventListener('scroll', () => {
        const { scrollLeft, scrollTop } = self.mirror;
        if (!scrollLeft && !scrollTop) return;
        self.mirror.scrollTo(0, 0);
        _portal_window_scroll_by(scrollLeft, scrollTop);
      });
    },

    element_of(id) {
      return portal_window_mirror.elements.get(id >>> 0)?.element;
    },

    // Place in reading order, or -1.
    position_of(id) {
      return portal_window_mirror.elements.get(id >>> 0)?.position ?? -1;
    },

    id_of(element) {
      for (let at = element; at && at !== portal_window_mirror.mirror; at = at.parentElement)
        if (at.portal_id) return at.portal_id;
      return 0;
    },

    apply(records, record_count, order, order_count, order_changed, text) {
      const self = portal_window_mirror;
      const start_ms = performance.now();
      // Views are made anew each time: the memory they look at may have grown.
      const words = HEAPU32;
      const reals = HEAPF32;
      const leaving = order_changed ? self.let_go(words, order >>> 2, order_count) : null;
      for (let i = 0; i < record_count; i++) {
        const at = (records >>> 2) + i * self.record_words;
        const changed = words[at + 1];
        const entry = self.entry_for(words[at], words[at + 2], words[at + 8], leaving);
        if (changed & self.changed_rect || entry.place.length === 0) self.place(entry, reals, at + 4);
        if (changed & self.changed_content) self.fill(entry, self.read_content(words, at, text));
      }
      for (const element of leaving?.spare.keys() ?? []) element.remove();
      if (order_changed) self.arrange(words, order >>> 2, order_count);
      portal_window_keyboard.place_focus();
      self.statistics.update_count++;
      self.statistics.changed_count += record_count;
      self.statistics.update_ms += performance.now() - start_ms;
    },

    read_content(words, at, text) {
      const string = (which) => {
        const length = words[at + 17 + which];
        return length ? UTF8ToString(text + words[at + 13 + which], length) : '';
      };
      return {
        state: words[at + 3], level: words[at + 8], row_index: words[at + 9], column_index: words[at + 10],
        row_count: words[at + 11], column_count: words[at + 12],
        name: string(0), value: string(1), description: string(2), href: string(3),
      };
    },

    // Forgets the nodes that have gone. Elements of their rows are spared for the rows that come: a table that scrolls
    // changes words then, not elements. Never what has the focus: it is somebody's place. Children that stay are placed
    // again by arrange().
    let_go(words, at, count) {
      const self = portal_window_mirror;
      const spare = new Map();
      const parents = new Map();
      const focused = new Set();
      for (let element = document.activeElement; element; element = element.parentElement) focused.add(element);
      for (let i = 0; i < count; i++) parents.set(words[at + i * 2], words[at + i * 2 + 1]);
      for (const [id, entry] of self.elements) {
        if (parents.has(id)) continue;
        self.elements.delete(id);
        if (entry.is_of_row && !focused.has(entry.element)) spare.set(entry.element, entry);
        else entry.element.remove();
      }
      return { spare, parents, next_of: new Map() };
    },

    // A spare element of that kind where the node belongs: in its parent, which is known before it, and behind the one
    // that was taken last, because nodes come in the order of the elements.
    take_spare(id, role, tag, { spare, parents, next_of }) {
      if (spare.size === 0) return undefined;
      const parent = portal_window_mirror.elements.get(parents.get(id))?.element;
      let element = next_of.has(parent) ? next_of.get(parent) : parent?.firstElementChild;
      for (; element; element = element.nextElementSibling) {
        const entry = spare.get(element);
        if (entry?.role !== role || entry.tag !== tag) continue;
        spare.delete(element);
        next_of.set(parent, element.nextElementSibling);
        return entry;
      }
      return undefined;
    },

    // The element of a node: its own, a spare one, or one made for it; made anew when its kind has changed.
    entry_for(id, role_number, level, leaving) {
      const self = portal_window_mirror;
      const role = self.roles[role_number];
      const kind = self.kinds[role] ?? self.kinds.group;
      const tag = role === 'heading' ? `h${Math.min(Math.max(level || 2, 1), 6)}` : kind.tag ?? 'div';
      let entry = self.elements.get(id);
      if (entry?.role === role && entry.tag === tag) return entry;
      const spared = entry || !leaving ? undefined : self.take_spare(id, role, tag, leaving);
      if (spared) return self.own(id, spared);
      const element = document.createElement(tag);
      if (kind.role) element.setAttribute('role', kind.role);
      if (kind.type) element.type = kind.type;
      if (kind.hit) element.classList.add('hit');
      if (tag === 'input' || tag === 'textarea') {
        element.autocomplete = 'off';
        element.spellcheck = tag === 'textarea';
      }
      if (entry) {
        element.append(...entry.element.children);
        entry.element.replaceWith(element);
      }
      return self.own(id, { element, role, tag, kind, attributes: new Map(), label: null, child_count: entry?.child_count ?? 0, content: null, place: [] });
    },

    own(id, entry) {
      entry.element.portal_id = id;
      portal_window_mirror.elements.set(id, entry);
      return entry;
    },

    // Sets only what differs: a row's cells stay where they are when it becomes another one.
    place(entry, reals, at) {
      const { element: { style }, place } = entry;
      const { sides } = portal_window_mirror;
      const height = reals[at + 3];
      // One line of text about as big as the drawn one, so that what find-in-page marks lies over it.
      if (entry.kind.text && place[3] !== height) style.fontSize = `${Math.min(Math.max(height * 0.75, 8), 36)}px`;
      for (let side = 0; side < sides.length; side++) {
        if (place[side] === reals[at + side]) continue;
        place[side] = reals[at + side];
        style[sides[side]] = `${place[side]}px`;
      }
    },

    // Sets only what differs: touching an attribute makes assistive software look again.
    set(entry, name, value) {
      const text = value === null || value === undefined || value === '' ? null : String(value);
      if ((entry.attributes.get(name) ?? null) === text) return;
      if (text === null) {
        entry.attributes.delete(name);
        entry.element.removeAttribute(name);
      } else {
        entry.attributes.set(name, text);
        entry.element.setAttribute(name, text);
      }
    },

    // Is it what the element says already, but for the words and the number of the row? A table that scrolls changes
    // nothing else.
    says_other_words(entry, content) {
      const { content: former } = entry;
      return former !== null && former.state === content.state && former.level === content.level && former.column_index === content.column_index
        && former.row_count === content.row_count && former.column_count === content.column_count && former.value === content.value
        && former.description === content.description && former.href === content.href;
    },

    fill(entry, content) {
      const self = portal_window_mirror;
      const { element, role } = entry;
      const { state } = content;
      const has = (bit) => (state & self.state[bit]) !== 0;
      const is_field = entry.tag === 'input' || entry.tag === 'textarea';
      const is_reworded = !is_field && self.says_other_words(entry, content);
      entry.content = content;
      self.name(entry);
      self.set(entry, 'aria-rowindex', content.row_index || null);
      if (is_reworded) return;
      self.set(entry, 'aria-description', content.description);
      self.set(entry, 'aria-disabled', has('disabled') ? 'true' : null);
      self.set(entry, 'aria-checked', has('checkable') || role === 'checkbox' || role === 'toggle' || role === 'radio'
        ? has('checked') : null);
      if (role === 'menu_item') self.set(entry, 'role', has('checkable') ? 'menuitemcheckbox' : 'menuitem');
      self.set(entry, 'aria-expanded', has('expandable') || role === 'combobox' ? has('expanded') : null);
      if (role === 'combobox') self.set(entry, 'aria-haspopup', 'listbox');
      if (role === 'table') self.set(entry, 'role', has('selectable') ? 'grid' : 'table');
      const takes_selected = role === 'option' || role === 'tab' || role === 'row' || role === 'cell' || role === 'column_header';
      self.set(entry, 'aria-selected', has('selectable') && takes_selected ? has('selected') : null);
      self.set(entry, 'aria-pressed', has('selectable') && role === 'button' ? has('selected') : null);
      self.set(entry, 'aria-invalid', has('invalid') ? 'true' : null);
      self.set(entry, 'aria-required', has('required') ? 'true' : null);
      self.set(entry, 'aria-current', has('current') ? 'page' : null);
      self.set(entry, 'aria-busy', has('busy') ? 'true' : null);
      self.set(entry, 'aria-modal', has('modal') ? 'true' : null);
      self.set(entry, 'aria-sort', has('ascending') ? 'ascending' : has('descending') ? 'descending' : null);
      self.set(entry, 'aria-colindex', content.column_index || null);
      self.set(entry, 'aria-rowcount', content.row_count || null);
      self.set(entry, 'aria-colcount', content.column_count || null);
      if (role === 'link') self.set(entry, 'href', content.href && portal_window.address_of(content.href));
      if (role === 'meter' || role === 'slider' || role === 'progress_bar') self.set_range(entry, content.value);
      const takes_focus = has('focusable') || entry.kind.hit || role === 'dialog' || role === 'alert_dialog';
      self.set(entry, 'tabindex', takes_focus ? -1 : null);
      element.classList.toggle('clipped', has('clipped'));
      element.classList.toggle('hit', Boolean(entry.kind.hit) || (role === 'row' && has('selectable')) || (role === 'column_header' && has('focusable')));
      if (is_field) {
        element.readOnly = has('read_only');
        self.set_value(entry);
      }
    },

    name(entry) {
      const self = portal_window_mirror;
      const { name, value } = entry.content;
      const shown = entry.role === 'combobox' ? value : entry.kind.text && entry.child_count === 0 ? name : '';
      const is_field = entry.tag === 'input' || entry.tag === 'textarea';
      if (!is_field && entry.label !== shown) {
        // The label is the first child, so that children keep their places.
        const first = entry.element.firstChild;
        if (first?.nodeType === Node.TEXT_NODE) first.data = shown;
        else if (shown) entry.element.prepend(document.createTextNode(shown));
        entry.label = shown;
      }
      self.set(entry, 'aria-label', shown === name ? null : name);
    },

    // Meters want numbers, people want words: "62 of 100" gives both.
    set_range(entry, value) {
      const self = portal_window_mirror;
      const numbers = value.replaceAll(',', '').match(/-?\d+(\.\d+)?/g) ?? [];
      self.set(entry, 'aria-valuenow', numbers[0] ?? (entry.role === 'progress_bar' ? null : '0'));
      self.set(entry, 'aria-valuemin', '0');
      self.set(entry, 'aria-valuemax', numbers[1] ?? '100');
      self.set(entry, 'aria-valuetext', value);
    },

    set_value(entry) {
      if (entry.element.classList.contains('composing')) return;
      const { value } = entry.content;
      if (entry.element.value !== value) entry.element.value = value;
    },

    restore_value(field) {
      const entry = portal_window_mirror.elements.get(portal_window_mirror.id_of(field));
      if (entry?.content && field === entry.element) portal_window_mirror.set_value(entry);
    },

    // Are the elements arranged as these nodes want it? They are while a table scrolls.
    is_arranged(words, at, count) {
      const { arranged, elements } = portal_window_mirror;
      if (arranged.length !== count) return false;
      for (let i = 0; i < count; i++) {
        const entry = elements.get(words[at + i * 2]);
        if (entry === undefined || entry !== arranged[i] || entry.parent !== elements.get(words[at + i * 2 + 1])) return false;
        if (entry.parent === undefined && entry.is_popup !== portal_window_mirror.is_popup(entry)) return false;
      }
      return true;
    },

    arrange(words, at, count) {
      const self = portal_window_mirror;
      if (self.is_arranged(words, at, count)) return;
      self.arranged = [];
      // Walks all children in order beside what is there, so that what stays is not moved: a moved element would
      // lose the focus.
      const home = self.home_of_popups(words, at, count);
      const next_of = new Map();
      const child_counts = new Map();
      for (let i = 0; i < count; i++) {
        const entry = self.elements.get(words[at + i * 2]);
        if (!entry) continue;
        entry.position = i;
        self.arranged.push(entry);
        const parent_id = words[at + i * 2 + 1];
        entry.parent = self.elements.get(parent_id);
        entry.is_popup = parent_id === 0 && self.is_popup(entry);
        entry.is_of_row = Boolean(entry.kind.of_rows) && (entry.role === 'row' || Boolean(entry.parent?.is_of_row));
        entry.element.classList.toggle('popup', entry.is_popup);
        const parent = entry.is_popup ? home : entry.parent?.element ?? self.mirror;
        child_counts.set(parent_id, (child_counts.get(parent_id) ?? 0) + 1);
        const next = next_of.has(parent) ? next_of.get(parent) : parent.firstElementChild;
        if (next === entry.element) {
          next_of.set(parent, next.nextElementSibling);
        } else {
          // Where it comes from, what stood behind it is next now.
          const former = entry.element.parentNode;
          if (former && next_of.get(former) === entry.element) next_of.set(former, entry.element.nextElementSibling);
          parent.insertBefore(entry.element, next);
          next_of.set(parent, next);
        }
      }
      for (const [id, entry] of self.elements) {
        const child_count = child_counts.get(id) ?? 0;
        const becomes_leaf = (entry.child_count === 0) !== (child_count === 0);
        entry.child_count = child_count;
        if (becomes_leaf && entry.content) self.name(entry);
      }
      self.shut_out_behind_modal();
      self.connect_comboboxes();
    },

    is_dialog(entry) {
      return entry.role === 'dialog' || entry.role === 'alert_dialog';
    },

    is_popup(entry) {
      return (entry.content.state & portal_window_mirror.state.top_layer) !== 0 && !portal_window_mirror.is_dialog(entry);
    },

    // Popups hang under the root; readers find them in the open modal dialog, else in the main landmark. They are
    // placed by the window's corner there (see .popup), so their numbers stay right.
    home_of_popups(words, at, count) {
      const self = portal_window_mirror;
      let home = self.mirror;
      for (let i = 0; i < count; i++) {
        const entry = self.elements.get(words[at + i * 2]);
        if (words[at + i * 2 + 1] !== 0 || !entry) continue;
        if (entry.role === 'main' && home === self.mirror) home = entry.element;
        if (self.is_dialog(entry) && (entry.content.state & self.state.modal)) home = entry.element;
      }
      return home;
    },

    shut_out_behind_modal() {
      const children = [...portal_window_mirror.mirror.children];
      const modal = children.findLastIndex((child) => child.getAttribute('aria-modal') === 'true');
      children.forEach((child, index) => { if (child.inert !== index < modal) child.inert = index < modal; });
    },

    connect_comboboxes() {
      const self = portal_window_mirror;
      const lists = self.mirror.querySelectorAll('[role=listbox]');
      const list = lists[lists.length - 1];
      if (list) list.id = `node-${list.portal_id}`;
      for (const entry of self.elements.values()) {
        if (entry.role !== 'combobox') continue;
        const is_open = entry.attributes.get('aria-expanded') === 'true';
        self.set(entry, 'aria-controls', is_open && list ? list.id : null);
      }
    },
  },
});
