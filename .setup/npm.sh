# npm parts: fonts, icons, the SQLite amalgamation, build-time and test-time tools. They are
# installed into the cache, one folder per lock file, and web/node_modules is a link to it, so that
# a fresh clone installs nothing. Install scripts never run.

npm_install() {
    key=$(cat web/package.json web/package-lock.json | sha256sum | cut -c1-16)
    target=$PORTAL_CACHE/npm/$key
    if [ ! -d "$target/node_modules" ]; then
        note "installing the npm parts"
        mkdir -p "$target"
        cp web/package.json web/package-lock.json "$target/"
        (
            cd "$target"
            quietly npm.log npm ci --ignore-scripts --no-audit --no-fund
        ) || { rm -rf "$target"; fail "npm could not install the parts"; }
    fi
    [ "$(readlink web/node_modules 2>/dev/null)" = "$target/node_modules" ] ||
        { rm -rf web/node_modules; ln -s "$target/node_modules" web/node_modules; }
}
