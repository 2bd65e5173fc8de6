using System.CommandLine;
using KanSharp.Symbolics;

namespace KanSharp.Cli.Commands;

/// <summary>The options that say which functions a formula may be made of.</summary>
internal sealed class Catalogs
{
    /// <summary>What a function of the user costs: as much as those that are neither the simplest nor rare.</summary>
    private const int OwnComplexity = 3;

    private readonly Option<string?> _library = Parse.Text("--library", "standard|pykan|sin,exp,...", "Functions that edges may become: all, the 27 of pykan, or a list of names. [default: standard]");

    private readonly Option<string[]> _own = new("--function") { HelpName = "NAME=EXPRESSION", Description = "A function of your own in x, such as bump=exp(-x^4); may be given several times." };

    /// <summary>Adds the options to a command.</summary>
    public Catalogs(Command command)
    {
        command.Add(_library);
        command.Add(_own);
    }

    /// <summary>The catalogue that was asked for.</summary>
    public FunctionCatalog Of(ParseResult parsed)
    {
        FunctionCatalog catalog = parsed.GetValue(_library) switch
        {
            null or "standard" => FunctionCatalog.Standard,
            "pykan" => FunctionCatalog.Pykan,
            { } names => Named(names),
        };
        foreach (string own in parsed.GetValue(_own) ?? [])
        {
            int equals = own.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw UserErrorException.Usage($"--function is '{own}'; expected a name and an expression in x, such as bump=exp(-x^4)");
            try
            {
                catalog = catalog.With(own[..equals].Trim(), own[(equals + 1)..], OwnComplexity);
            }
            catch (Exception error) when (error is ArgumentException or ExpressionFormatException)
            {
                throw UserErrorException.Usage($"--function '{own}': {Tool.WithoutParameter(error)}");
            }
        }

        return catalog;
    }

    private static FunctionCatalog Named(string names)
    {
        try
        {
            return FunctionCatalog.Standard.Select(names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        catch (ArgumentException error)
        {
            throw UserErrorException.Usage($"--library {names}: {Tool.WithoutParameter(error)}");
        }
    }
}
