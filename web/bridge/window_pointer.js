// Mouse, pen, touch and wheel for Dear ImGui.
//
// A finger scrolls, taps, or after resting drags; the press reaches ImGui only once it is known which:
//
//   down --> pending --(moves 8 px)--> panning --(lifted fast)--> coasting --> rest
//               |---(rests 300 ms)---> dragging --(lifted)--> rest
//               |---(lifted)---------> tap (press and release at once)
addToLibrary({
  $portal_window_pointer__deps: [
    'portal_window_pointer_move', 'portal_window_pointer_leave', 'portal_window_pointer_button', 'portal_window_wheel',
    'portal_window_settle', 'portal_window_activate',
  ],
  $portal_window_pointer: {
    touch_slop_px: 8,
    touch_hold_ms: 300,
    // Speed falls to a third in this time; the feel of the platforms' own lists.
    coast_time_ms: 325,
    coast_speed_px_per_ms_min: 0.02,
    wheel_smoothing_ms: 45,

    root: null,
    reduced_motion: false,
    touch: null,
    coast: null,
    wheel: { x: 0, y: 0 },
    remainder: { x: 0, y: 0 },
    last_advance_ms: 0,

    start(root) {
      const self = portal_window_pointer;
      self.root = root;
      root.addEventListener('pointerdown', self.on_down);
      root.addEventListener('pointermove', self.on_move);
      root.addEventListener('pointerup', self.on_up);
      root.addEventListener('pointercancel', self.on_cancel);
      root.addEventListener('pointerleave', (event) => {
        if (event.pointerType !== 'touch') _portal_window_pointer_leave();
        portal_window.request_frames(2);
      });
      root.addEventListener('wheel', self.on_wheel, { passive: false });
      // The browser would move the focus and start a selection; ImGui does both itself.
      root.addEventListener('mousedown', (event) => {
        if (self.belongs_to_browser(event)) return;
        event.preventDefault();
        if (!root.contains(document.activeElement)) portal_window_keyboard.set_focus(root);
      });
      root.addEventListener('click', self.on_click);
      root.addEventListener('contextmenu', (event) => {
        // "Copy link" and a field's own menu are useful; "Save image as" of a canvas is not.
        if (!event.target.closest?.('a[href],input,textarea')) event.preventDefault();
      });
    },

    // Middle click, Ctrl click and the context menu of a link or a field are the browser's; so are a mouse's back and
    // forward buttons.
    belongs_to_browser(event) {
      if (event.button > 2) return true;
      if (event.target.closest?.('a[href]')) return event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey;
      return event.button === 2 && Boolean(event.target.closest?.('input,textarea'));
    },

    tell_position(event) {
      const box = portal_window_pointer.root.getBoundingClientRect();
      _portal_window_pointer_move(event.clientX - box.left, event.clientY - box.top, event.pointerType === 'touch' ? 1 : 0);
    },

    on_down(event) {
      const self = portal_window_pointer;
      if (self.belongs_to_browser(event)) return;
      self.coast = null;
      if (event.pointerType === 'touch') {
        self.begin_touch(event);
        return;
      }
      self.root.setPointerCapture(event.pointerId);
      self.tell_position(event);
      _portal_window_pointer_button(event.button, 1);
      portal_window.request_frames(2);
    },

    on_move(event) {
      const self = portal_window_pointer;
      if (event.pointerType === 'touch') {
        self.move_touch(event);
        return;
      }
      self.tell_position(event);
      portal_window.request_frames(2);
    },

    on_up(event) {
      const self = portal_window_pointer;
      if (event.pointerType === 'touch') {
        self.end_touch(event);
        return;
      }
      self.tell_position(event);
      if (event.button <= 2) _portal_window_pointer_button(event.button, 0);
      // Now, inside the gesture, so that soft keyboard, clipboard and downloads are permitted.
      _portal_window_settle();
    },

    on_cancel(event) {
      const self = portal_window_pointer;
      if (self.touch?.mode === 'dragging' || event.pointerType !== 'touch') _portal_window_pointer_button(0, 0);
      self.forget_touch();
      _portal_window_pointer_leave();
      portal_window.request_frames(2);
    },

    // A plain click on a link has already gone to ImGui. A click without a pointer comes from assistive software.
    on_click(event) {
      if (portal_window_pointer.belongs_to_browser(event)) return;
      event.preventDefault();
      if (event.detail !== 0) return;
      const id = portal_window_mirror.id_of(event.target);
      if (id) _portal_window_activate(id);
      portal_window.request_frames(2);
    },

    // Touch.

    begin_touch(event) {
      const self = portal_window_pointer;
      if (self.touch) {
        // A second finger: the browser zooms.
        self.on_cancel(event);
        return;
      }
      self.root.setPointerCapture(event.pointerId);
      self.tell_position(event);
      self.touch = {
        id: event.pointerId, mode: 'pending', start_x: event.clientX, start_y: event.clientY,
        x: event.clientX, y: event.clientY, time_ms: event.timeStamp, speed_x: 0, speed_y: 0,
        hold: setTimeout(() => {
          if (self.touch?.mode !== 'pending') return;
          self.touch.mode = 'dragging';
          _portal_window_pointer_button(0, 1);
          portal_window.request_frames(2);
        }, self.touch_hold_ms),
      };
      portal_window.request_frames(2);
    },

    move_touch(event) {
      const self = portal_window_pointer;
      const touch = self.touch;
      if (!touch || event.pointerId !== touch.id) return;
      if (touch.mode === 'pending') {
        if (Math.hypot(event.clientX - touch.start_x, event.clientY - touch.start_y) < self.touch_slop_px) return;
        clearTimeout(touch.hold);
        touch.mode = 'panning';
      }
      if (touch.mode === 'dragging') {
        self.tell_position(event);
      } else {
        const moved_x = event.clientX - touch.x, moved_y = event.clientY - touch.y;
        const elapsed_ms = Math.max(event.timeStamp - touch.time_ms, 1);
        // Recent movement counts most, but one late sample must not decide the speed.
        const weight = Math.min(elapsed_ms / 40, 1);
        touch.speed_x += (moved_x / elapsed_ms - touch.speed_x) * weight;
        touch.speed_y += (moved_y / elapsed_ms - touch.speed_y) * weight;
        self.scroll(-moved_x, -moved_y);
      }
      touch.x = event.clientX;
      touch.y = event.clientY;
      touch.time_ms = event.timeStamp;
      portal_window.request_frames(2);
    },

    end_touch(event) {
      const self = portal_window_pointer;
      const touch = self.touch;
      if (!touch || event.pointerId !== touch.id) return;
      self.forget_touch();
      if (touch.mode === 'panning') {
        const rested = event.timeStamp - touch.time_ms > 80;
        if (!rested && !self.reduced_motion) self.coast = { speed_x: touch.speed_x, speed_y: touch.speed_y };
        else _portal_window_pointer_leave();
        portal_window.request_frames(2);
        return;
      }
      self.tell_position(event);
      if (touch.mode === 'pending') _portal_window_pointer_button(0, 1);
      _portal_window_pointer_button(0, 0);
      _portal_window_settle();
      // No finger, no hover.
      _portal_window_pointer_leave();
      portal_window.request_frames(2);
    },

    forget_touch() {
      if (portal_window_pointer.touch) clearTimeout(portal_window_pointer.touch.hold);
      portal_window_pointer.touch = null;
    },

    // Wheel: touchpads send fine steps and their own momentum; a notched wheel's leaps are spread over some frames.

    on_wheel(event) {
      const self = portal_window_pointer;
      // Ctrl and wheel is the browser's zoom.
      if (event.ctrlKey) return;
      event.preventDefault();
      const unit_px = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? innerHeight * 0.9 : 1;
      let x = event.deltaX * unit_px, y = event.deltaY * unit_px;
      if (event.shiftKey && x === 0) [x, y] = [y, 0];
      const is_notched = Math.abs(y) >= 60 && Number.isInteger(event.deltaY);
      self.tell_position(event);
      if (is_notched && !self.reduced_motion) {
        self.wheel.x += x;
        self.wheel.y += y;
      } else {
        self.scroll(x, y);
      }
      portal_window.request_frames(2);
    },

    // ImGui scrolls by whole pixels; the rest waits for the next step.
    scroll(x, y) {
      const remainder = portal_window_pointer.remainder;
      const whole_x = Math.trunc(x + remainder.x), whole_y = Math.trunc(y + remainder.y);
      remainder.x += x - whole_x;
      remainder.y += y - whole_y;
      if (whole_x || whole_y) _portal_window_wheel(whole_x, whole_y);
    },

    // One step of whatever still moves; true while something does.
    advance(now_ms) {
      const self = portal_window_pointer;
      const elapsed_ms = Math.min(Math.max(now_ms - self.last_advance_ms, 1), 50);
      self.last_advance_ms = now_ms;
      let is_moving = false;
      const { wheel, coast } = self;
      if (wheel.x || wheel.y) {
        const share = 1 - Math.exp(-elapsed_ms / self.wheel_smoothing_ms);
        const ends = Math.abs(wheel.x) < 2 && Math.abs(wheel.y) < 2;
        const x = ends ? wheel.x : wheel.x * share, y = ends ? wheel.y : wheel.y * share;
        self.scroll(x, y);
        wheel.x -= x;
        wheel.y -= y;
        is_moving = !ends;
      }
      if (coast) {
        const decay = Math.exp(-elapsed_ms / self.coast_time_ms);
        self.scroll(-coast.speed_x * elapsed_ms, -coast.speed_y * elapsed_ms);
        coast.speed_x *= decay;
        coast.speed_y *= decay;
        if (Math.hypot(coast.speed_x, coast.speed_y) < self.coast_speed_px_per_ms_min) {
          self.coast = null;
          _portal_window_pointer_leave();
          portal_window.request_frames(2);
        } else {
          is_moving = true;
        }
      }
      return is_moving;
    },

    // In the order of ImGuiMouseCursor_.
    cursors: ['default', 'text', 'move', 'ns-resize', 'ew-resize', 'nesw-resize', 'nwse-resize', 'pointer', 'wait',
      'progress', 'not-allowed'],

    set_cursor(cursor) {
      portal_window_pointer.root.style.cursor = cursor < 0 ? 'none' : portal_window_pointer.cursors[cursor] ?? 'default';
    },
  },
});
