export const shells = ['bash', 'zsh', 'fish'] as const;

/** The script asks the program for the words that fit at the cursor. Undefined: the shell is not supported. */
export function completionScript(shell: string): string | undefined {
  const known = shells.find((each) => each === shell);
  return known === undefined ? undefined : scripts[known];
}

const ask = 'npx --no-install gluewright completion words --';

const scripts: Readonly<Record<(typeof shells)[number], string>> = {
  bash: `# gluewright: put this into ~/.bashrc:  eval "$(npx gluewright completion bash)"
_gluewright() {
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  if [ "\${COMP_WORDS[0]}" = npx ]; then
    [ "\${COMP_WORDS[1]}" = gluewright ] || return
    words=("\${words[@]:1}")
  fi
  mapfile -t COMPREPLY < <(${ask} "\${words[@]}" 2>/dev/null)
}
complete -o default -F _gluewright gluewright
complete -o default -F _gluewright npx`,
  zsh: `# gluewright: put this into ~/.zshrc, behind compinit:  eval "$(npx gluewright completion zsh)"
_gluewright() {
  local -a typed found
  typed=("\${(@)words[2,CURRENT]}")
  if [[ $words[1] == npx ]]; then
    [[ $words[2] == gluewright ]] || return
    typed=("\${(@)words[3,CURRENT]}")
  fi
  found=(\${(f)"$(${ask} "\${typed[@]}" 2>/dev/null)"})
  if (( $#found )); then compadd -a found; else _files; fi
}
compdef _gluewright gluewright npx`,
  fish: `# gluewright: put this into ~/.config/fish/config.fish:  npx gluewright completion fish | source
function __gluewright
  set -l typed (commandline -opc) (commandline -ct)
  test $typed[1] = npx; and set -e typed[1]
  test $typed[1] = gluewright; or return
  set -l found (${ask} $typed[2..-1] 2>/dev/null)
  if set -q found[1]
    printf '%s\\n' $found
  else
    __fish_complete_path $typed[-1]
  end
end
complete -c gluewright -f -a '(__gluewright)'
complete -c npx -n 'contains gluewright (commandline -opc)' -f -a '(__gluewright)'`,
};
