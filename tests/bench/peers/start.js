// Opens SQLite on the origin's private files in a worker, draws one triangle, and tells when both were done.
const worker = new Worker('/sqlite_worker.js', { type: 'module' });
const opened = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
  worker.onerror = (event) => reject(new Error(event.message));
});
worker.postMessage({ work: 'open' });

function draw_triangle() {
  const canvas = document.getElementById('canvas');
  canvas.width = innerWidth;
  canvas.height = innerHeight;
  const gl = canvas.getContext('webgl2', { alpha: false, depth: false, stencil: false, antialias: false });
  const shader = (type, source) => {
    const made = gl.createShader(type);
    gl.shaderSource(made, source);
    gl.compileShader(made);
    return made;
  };
  const program = gl.createProgram();
  gl.attachShader(program, shader(gl.VERTEX_SHADER, `#version 300 es
    void main() { gl_Position = vec4(vec2(gl_VertexID == 1 ? 1 : -1, gl_VertexID == 2 ? 1 : -1), 0, 1); }`));
  gl.attachShader(program, shader(gl.FRAGMENT_SHADER, `#version 300 es
    precision mediump float; out vec4 color; void main() { color = vec4(0.1, 0.4, 0.9, 1); }`));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error('the triangle does not link');
  gl.viewport(0, 0, canvas.width, canvas.height);
  gl.useProgram(program);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
}

const drawn = new Promise((resolve, reject) => requestAnimationFrame(() => {
  try {
    draw_triangle();
    resolve();
  } catch (error) {
    reject(error);
  }
}));

Promise.all([opened, drawn]).then(async ([{ rows }]) => {
  globalThis.peer_result = { ready_ms: performance.now(), rows };
}, (error) => { globalThis.peer_result = { error: error.message }; });
