// What Dear ImGui's renderer reads back of the graphics state, answered without asking.
//
// The renderer saves the state before each frame and puts it back afterwards. In a browser every such question waits
// for the graphics process to finish all that was drawn before, which cost most of the time to the first frame. The
// canvas is the renderer's alone, so what it would put back is what a fresh context has. The renderer is compiled to
// call this function in place of glGetIntegerv (.cmake/dependencies.cmake).
#include <GLES3/gl3.h>

extern "C" void portal_gl_get_integerv(GLenum name, GLint* values);

void portal_gl_get_integerv(GLenum name, GLint* values) {
    switch (name) {
        case GL_ACTIVE_TEXTURE:
            *values = GL_TEXTURE0;
            return;
        case GL_CURRENT_PROGRAM:
        case GL_TEXTURE_BINDING_2D:
        case GL_SAMPLER_BINDING:
        case GL_ARRAY_BUFFER_BINDING:
        case GL_ELEMENT_ARRAY_BUFFER_BINDING:
        case GL_VERTEX_ARRAY_BINDING:
        case GL_PIXEL_UNPACK_BUFFER_BINDING:
            *values = 0;
            return;
        case GL_VIEWPORT:
        case GL_SCISSOR_BOX:
            // The window sets the viewport of each frame itself, and between frames nothing is clipped.
            for (int index = 0; index < 4; ++index)
                values[index] = 0;
            return;
        case GL_BLEND_SRC_RGB:
        case GL_BLEND_SRC_ALPHA:
            *values = GL_ONE;
            return;
        case GL_BLEND_DST_RGB:
        case GL_BLEND_DST_ALPHA:
            *values = GL_ZERO;
            return;
        case GL_BLEND_EQUATION_RGB:
        case GL_BLEND_EQUATION_ALPHA:
            *values = GL_FUNC_ADD;
            return;
        default:
            // Versions and limits, asked once.
            glGetIntegerv(name, values);
    }
}
