using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>The functions of a catalogue, one of each family, with their traits.</summary>
internal sealed class EdgeLibrary
{
    public EdgeLibrary(FunctionCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Entries = [.. catalog.GroupBy(function => function.Family, StringComparer.Ordinal)
            .Select(family => family.MinBy(function => function.Complexity)!)
            .OrderBy(function => function.Complexity)
            .Select(function => (function, FunctionTraits.Of(function)))];
    }

    /// <summary>The simplest function of every family, the first where two are as simple; simple ones first.</summary>
    public IReadOnlyList<(CatalogFunction Function, FunctionTraits Traits)> Entries { get; }
}
