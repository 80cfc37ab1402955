// Where functions begin and how long they are, read from braces alone.
#pragma once

#include "tests/tidy/source_tree.hpp"

namespace portal::tidy {

struct Function {
    std::string name;       // The word before its parameters; "function" when there is none.
    std::size_t line = 0;   // Of its opening brace.
    std::size_t lines = 0;  // From the opening brace to the closing one, both counted, without SECTIONs inside.
};

// C++ by its braces; scripts (.js, .mjs, .sh and the like) by functions that begin and end in the first column.
// A lambda counts as part of the function around it; a SECTION of a test is a function of its own.
std::vector<Function> functions_of(const SourceFile& file);

}  // namespace portal::tidy
