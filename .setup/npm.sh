# npm parts: in web/ fonts, icons, the SQLite amalgamation, build-time and test-time tools, in
# tests/bench/ the peers. They are installed into the cache, one folder per lock file, and a folder's
# node_modules is a link to it, so that a fresh clone installs nothing. Install scripts never run.

# npm_install FOLDER
npm_install() {
    key=$(cat "$1/package.json" "$1/package-lock.json" | sha256sum | cut -c1-16)
    target=$PORTAL_CACHE/npm/$key
    if [ ! -d "$target/node_modules" ]; then
        note "installing the npm parts of $1"
        mkdir -p "$target"
        cp "$1/package.json" "$1/package-lock.json" "$target/"
        (
            cd "$target"
            quietly npm.log npm ci --ignore-scripts --no-audit --no-fund
        ) || { rm -rf "$target"; fail "npm could not install the parts"; }
    fi
    [ "$(readlink "$1/node_modules" 2>/dev/null)" = "$target/node_modules" ] ||
        { rm -rf "$1/node_modules"; ln -s "$target/node_modules" "$1/node_modules"; }
}
