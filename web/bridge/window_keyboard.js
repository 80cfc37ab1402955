// Keyboard, typed text with input methods, clipboard, and where the browser's focus is.
//
// The field being edited is a real <input> of the mirror (or, for a field the mirror does not have, a hidden text area:
// the text agent), so soft keyboards, input methods, dictation and password managers find something to write into.
// What is typed goes to ImGui, which is the truth; its text comes back with the next mirror update.
addToLibrary({
  $portal_window_keyboard__deps: [
    'portal_window_key', 'portal_window_tap', 'portal_window_text', 'portal_window_select_all',
    'portal_window_replace_text', 'portal_window_paste', 'portal_window_copy', 'portal_window_activate',
    'portal_window_focus_item', 'portal_window_release_text', 'portal_window_active_item', 'portal_window_focus',
    'portal_window_scroll_by', '$UTF8ToString',
  ],
  $portal_window_keyboard: {
    root: null,
    agent: null,
    is_composing: false,
    is_own_focus_change: false,
    wanted: { wants_text: 0, active_id: 0, navigation_id: 0 },

    start(root) {
      const self = portal_window_keyboard;
      self.root = root;
      self.agent = self.make_agent();
      root.append(self.agent);
      document.addEventListener('keydown', self.on_key_down);
      document.addEventListener('keyup', self.on_key_up);
      root.addEventListener('beforeinput', self.on_before_input);
      root.addEventListener('input', self.on_input);
      root.addEventListener('compositionstart', self.on_composition_start);
      root.addEventListener('compositionend', self.on_composition_end);
      root.addEventListener('focusin', self.on_focus_in);
      root.addEventListener('focusout', self.on_focus_out);
      document.addEventListener('copy', (event) => self.on_copy(event, 0));
      document.addEventListener('cut', (event) => self.on_copy(event, 1));
      document.addEventListener('paste', self.on_paste);
      addEventListener('blur', () => { _portal_window_focus(0); portal_window.request_frames(2); });
      addEventListener('focus', () => { _portal_window_focus(1); portal_window.request_frames(2); });
    },

    make_agent() {
      const agent = document.createElement('textarea');
      agent.id = 'text-agent';
      for (const name of ['autocapitalize', 'autocomplete', 'autocorrect']) agent.setAttribute(name, 'off');
      agent.spellcheck = false;
      agent.tabIndex = -1;
      agent.setAttribute('aria-hidden', 'true');
      return agent;
    },

    is_text_field(element) {
      return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
    },

    // Events of the page's own controls (the update notice, say) are none of ImGui's business.
    is_ours(event) {
      return event.target === document.body || portal_window_keyboard.root.contains(event.target);
    },

    // Keys.

    send_key(event, is_down) {
      const modifiers = (event.ctrlKey ? 1 : 0) | (event.shiftKey ? 2 : 0) | (event.altKey ? 4 : 0) | (event.metaKey ? 8 : 0);
      return portal_window.with_text(event.code, (code) =>
        portal_window.with_text(event.key, (key) => _portal_window_key(code, key, is_down, modifiers)));
    },

    // Keys that mean something to us together with Ctrl or Cmd; all other combinations are the browser's.
    is_command_of_ours(key) {
      return /^(a|k|y|z|Arrow\w+|Home|End|Backspace|Delete|Enter|Control|Meta|Shift)$/.test(key);
    },

    belongs_to_browser(event) {
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const types_with_alt_graph = event.getModifierState('AltGraph');
      const is_command = (event.ctrlKey || event.metaKey) && !types_with_alt_graph;
      if (is_command) return event.altKey || (event.shiftKey && key === 'k') || !portal_window_keyboard.is_command_of_ours(key);
      if (event.altKey && !types_with_alt_graph) return true;
      return /^F\d/.test(key) && key !== 'F2';
    },

    on_key_down(event) {
      const self = portal_window_keyboard;
      // 229 is an input method at work: the text comes as a composition.
      if (event.isComposing || event.keyCode === 229 || !self.is_ours(event)) return;
      if (self.belongs_to_browser(event)) return;
      if (event.key === 'Tab') {
        if (!self.tab_leaves(event)) event.preventDefault();
        return;
      }
      const is_text_field = self.is_text_field(event.target);
      if (is_text_field) self.tell_selection(event.target);
      portal_window.request_frames(2);
      const types = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
      // A focused field gets the character by its input event. The key itself would only make ImGui take one character
      // a frame, and fall behind whoever types faster than the page draws.
      if (types && is_text_field) return;
      // A window that the key itself has opened may have taken its going up.
      if (!event.repeat) self.send_key(event, 0);
      const answer = self.send_key(event, 1);
      const is_known = answer & 1, navigation_is_on = answer & 4;
      if (types) {
        portal_window.with_text(event.key, (text) => _portal_window_text(text));
        event.preventDefault();
      } else if (is_known && (navigation_is_on || event.ctrlKey || event.metaKey) && !/^(Control|Shift|Alt|Meta)$/.test(event.key)) {
        event.preventDefault();
      }
    },

    // ImGui goes round in circles; after its last item the focus moves on, first to the page's notices, then to the
    // browser's own controls, so that nobody is trapped. True when the browser shall do that.
    tab_leaves(event) {
      const self = portal_window_keyboard;
      const before = portal_window_mirror.position_of(self.wanted.navigation_id);
      self.send_key(event, 1);
      self.send_key(event, 0);
      _portal_window_settle();
      const after = portal_window_mirror.position_of(self.wanted.navigation_id);
      if (before < 0 || after < 0) return false;
      const is_round = event.shiftKey ? after >= before : after <= before;
      if (!is_round) return false;
      const outside = document.querySelectorAll('#notices button');
      if (outside.length === 0 || event.shiftKey) return true;
      outside[0].focus();
      return false;
    },

    on_key_up(event) {
      portal_window_keyboard.send_key(event, 0);
      portal_window.request_frames(2);
    },

    // Text.

    // Makes ImGui edit the field that the browser's event names. What was all selected stays so: a field that becomes
    // active shows ImGui's selection.
    ensure_active(field) {
      const self = portal_window_keyboard;
      const id = portal_window_mirror.id_of(field);
      if (!id || _portal_window_active_item() >>> 0 === id) return true;
      const was_all_selected = self.is_all_selected(field);
      const is_active = Boolean(_portal_window_activate(id));
      if (is_active && was_all_selected) _portal_window_select_all();
      return is_active;
    },

    // Selecting everything is the one selection that software makes from outside (fill, dictation, "select all").
    is_all_selected: (field) => field !== portal_window_keyboard.agent && field.value.length > 0 &&
      field.selectionStart === 0 && field.selectionEnd === field.value.length,

    tell_selection(field) {
      if (portal_window_keyboard.is_all_selected(field)) _portal_window_select_all();
    },

    on_before_input(event) {
      const self = portal_window_keyboard;
      const field = event.target;
      if (self.is_composing || event.inputType === 'insertCompositionText' || !self.is_text_field(field)) return;
      const taps = { insertLineBreak: 'Enter', insertParagraph: 'Enter', deleteContentBackward: 'Backspace',
        deleteContentForward: 'Delete' };
      const tap = taps[event.inputType];
      const text = event.inputType === 'insertText' ? event.data : null;
      // Anything else (a spelling correction, undo from a menu) changes the field first; on_input() takes the result.
      if (text === null && !tap) return;
      event.preventDefault();
      if (!self.ensure_active(field)) return;
      self.tell_selection(field);
      if (tap) portal_window.with_text(tap, (name) => _portal_window_tap(name));
      else portal_window.with_text(text, (pointer) => _portal_window_text(pointer));
      // Whole words come from software that looks at the result at once.
      if (text && text.length > 1) _portal_window_settle();
      portal_window.request_frames(2);
    },

    on_input(event) {
      const self = portal_window_keyboard;
      const field = event.target;
      if (self.is_composing || !self.is_text_field(field)) return;
      if (field === self.agent) {
        portal_window.with_text(field.value, (text) => _portal_window_text(text));
        field.value = '';
      } else {
        const id = portal_window_mirror.id_of(field);
        if (id) portal_window.with_text(field.value, (text) => _portal_window_replace_text(id, text));
      }
      portal_window.request_frames(2);
    },

    // While an input method composes, the browser shows the text in the field itself, over the canvas.
    on_composition_start(event) {
      const self = portal_window_keyboard;
      self.is_composing = true;
      self.ensure_active(event.target);
      event.target.classList.add('composing');
    },

    on_composition_end(event) {
      const self = portal_window_keyboard;
      self.is_composing = false;
      event.target.classList.remove('composing');
      if (event.data) portal_window.with_text(event.data, (text) => _portal_window_text(text));
      if (event.target === self.agent) self.agent.value = '';
      _portal_window_settle();
      portal_window_mirror.restore_value(event.target);
    },

    // Clipboard.

    on_copy(event, cut) {
      if (!portal_window_keyboard.is_ours(event)) return;
      const text = _portal_window_copy(cut);
      if (!text) return;
      event.clipboardData.setData('text/plain', UTF8ToString(text));
      event.preventDefault();
    },

    on_paste(event) {
      const self = portal_window_keyboard;
      if (!self.is_ours(event)) return;
      const text = event.clipboardData.getData('text/plain');
      if (!text) return;
      event.preventDefault();
      if (self.is_text_field(event.target)) {
        if (!self.ensure_active(event.target)) return;
        self.tell_selection(event.target);
      }
      portal_window.with_text(text, (pointer) => _portal_window_paste(pointer));
    },

    // Focus: the browser's follows ImGui's, and ImGui's follows assistive software.

    set_focus(element) {
      const self = portal_window_keyboard;
      if (document.activeElement === element) return;
      self.is_own_focus_change = true;
      element.focus({ preventScroll: true });
      self.is_own_focus_change = false;
    },

    on_focus_in(event) {
      const self = portal_window_keyboard;
      if (self.is_own_focus_change) return;
      const id = portal_window_mirror.id_of(event.target);
      if (!id) return;
      if (self.is_text_field(event.target)) self.ensure_active(event.target);
      else _portal_window_focus_item(id);
      portal_window.request_frames(2);
    },

    on_focus_out(event) {
      const self = portal_window_keyboard;
      // A window that loses the focus keeps its field; a field that loses it inside the page (a soft keyboard's
      // "Done") is left.
      if (self.is_own_focus_change || event.relatedTarget || !document.hasFocus()) return;
      if (self.is_text_field(event.target)) _portal_window_release_text();
    },

    apply_focus(wanted) {
      const self = portal_window_keyboard;
      self.wanted = wanted;
      if (wanted.wants_text) {
        const style = self.agent.style;
        style.left = `${wanted.x}px`;
        style.top = `${wanted.y}px`;
        style.height = `${wanted.line_height}px`;
      }
      self.place_focus();
    },

    // Again after the mirror changed: the element to focus may only exist now.
    place_focus() {
      const self = portal_window_keyboard;
      const { wants_text, active_id, navigation_id, selection_start, selection_end } = self.wanted;
      const focused = document.activeElement;
      // Nothing is taken away from controls outside the canvas or from another window.
      if (self.is_composing || (focused && focused !== document.body && !self.root.contains(focused))) return;
      if (wants_text) {
        const field = portal_window_mirror.element_of(active_id);
        const target = self.is_text_field(field) ? field : self.agent;
        self.set_focus(target);
        if (target !== self.agent) self.place_selection(target, selection_start, selection_end);
        return;
      }
      const element = navigation_id ? portal_window_mirror.element_of(navigation_id) : null;
      if (element && !self.is_text_field(element)) self.set_focus(element);
      else if (focused !== self.root && self.is_text_field(focused)) self.set_focus(self.root);
    },

    place_selection(field, start, end) {
      if (field.selectionStart === start && field.selectionEnd === end) return;
      if (end <= field.value.length) field.setSelectionRange(start, end);
    },
  },
});
