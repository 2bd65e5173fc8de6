using System.CommandLine;
using System.CommandLine.Parsing;

namespace KanSharp.Cli;

/// <summary>Says what is wrong with a command line that could not be parsed.</summary>
internal static class UsageErrors
{
    /// <summary>The first thing wrong in words; null if nothing is.</summary>
    public static string? Find(ParseResult parsed)
    {
        CommandResult command = parsed.CommandResult;

        // A misspelt option is taken for an argument, and leaves further errors behind: it is the cause
        string? misspelt = parsed.Tokens.Where(token => token.Type == TokenType.Argument).Select(token => token.Value)
            .FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal));
        if (misspelt is not null)
            return Suggest(misspelt, command.Command);
        if (parsed.Errors.Count == 0)
            return null;
        if (parsed.Errors.Any(error => UnknownWord(error, parsed) is not null))
            return Suggest(parsed.Errors.Select(error => UnknownWord(error, parsed)).First(word => word is not null)!, command.Command);
        return parsed.Errors[0].SymbolResult switch
        {
            ArgumentResult { Argument: { } argument, Tokens.Count: 0 } => $"{argument.Name} is missing: {Lower(argument.Description)}",
            OptionResult { Option: { } option, Tokens.Count: 0 } => $"{option.Name} needs a value: {option.HelpName}",
            CommandResult { Command.Subcommands.Count: > 0 } => $"a command is missing: {string.Join(", ", command.Command.Subcommands.Select(one => one.Name))}",
            CommandResult { Command.Arguments: [{ } first, ..] } when command.Tokens.Count == 0 => $"{first.Name} is missing: {Lower(first.Description)}",
            CommandResult { Command.Arguments: [_, { } second] } when command.Tokens.Count == 1 => $"{second.Name} is missing: {Lower(second.Description)}",
            _ => parsed.Errors[0].Message.TrimEnd('.'),
        };
    }

    /// <summary>The command as it was typed.</summary>
    public static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;

    private static string Lower(string? description) => description is { Length: > 1 } && char.IsLower(description[1])
        ? char.ToLowerInvariant(description[0]) + description[1..].TrimEnd('.')
        : description?.TrimEnd('.') ?? "";

    private static string? UnknownWord(ParseError error, ParseResult parsed) =>
        parsed.UnmatchedTokens.FirstOrDefault(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal));

    private static string Suggest(string word, Command command)
    {
        bool option = word.StartsWith('-');
        IEnumerable<string> known = option
            ? command.Options.SelectMany(candidate => candidate.Aliases.Append(candidate.Name)).Append("--help")
            : command.Subcommands.Select(candidate => candidate.Name);
        string kind = option ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        string? near = known.Select(name => (Name: name, Distance: EditDistance(word, name)))
            .Where(candidate => candidate.Distance <= Math.Max(2, word.Length / 3))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name).FirstOrDefault();
        return near is null ? $"unknown {kind} '{word}'" : $"unknown {kind} '{word}'; did you mean '{near}'?";
    }

    /// <summary>Insertions, deletions and replacements between two words (Levenshtein).</summary>
    internal static int EditDistance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
