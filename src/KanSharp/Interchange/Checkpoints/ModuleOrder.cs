using System.Numerics;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>Puts layers and normalisations in the order of the forward pass, as far as names and the order of the file tell it.</summary>
internal static class ModuleOrder
{
    /// <summary>The modules in order.</summary>
    /// <param name="modules">Modules as they were found.</param>
    /// <param name="keepsOrder">Whether the file keeps the order in which modules were made.</param>
    /// <param name="notes">Receives what was assumed.</param>
    public static IReadOnlyList<FoundModule<T>> Of<T>(IReadOnlyList<FoundModule<T>> modules, bool keepsOrder, ImportNotes notes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (OneList(modules))
            return [.. modules.OrderBy(module => module.Number)];
        FoundModule<T>[] layers = Sorted([.. modules.Where(module => module.Layer is not null)], keepsOrder);
        FoundModule<T>[] norms = [.. modules.Where(module => module.Layer is null)];
        if (layers.Length > 1 && !OneList(layers))
            notes.Assume($"order of the layers: {string.Join(", ", layers.Select(layer => layer.Owner.TrimEnd('.')))}");
        if (norms.Length == 0)
            return layers;

        // a list of normalisations beside a list of layers: the file has one list after the other
        bool apart = norms.All(norm => norm.InList) && layers.All(layer => layer.Base != norms[0].Base);
        if (keepsOrder && !apart)
            return [.. layers.Concat(norms).OrderBy(module => module.Index)];
        norms = Sorted(norms, keepsOrder);
        if (norms.Length > layers.Length)
            throw new ArgumentException($"There are {norms.Length} normalisations for {layers.Length} layers: it is not clear where they belong.");
        bool before = norms.Zip(layers).All(pair => pair.First.Features == pair.Second.Layer!.Inputs) && !norms.Zip(layers).All(pair => pair.First.Features == pair.Second.Layer!.Outputs);
        notes.Assume($"each normalisation stands {(before ? "before" : "after")} the layer of its number");
        return
        [
            .. layers.SelectMany((layer, index) => index >= norms.Length ? (IEnumerable<FoundModule<T>>)[layer] : before ? [norms[index], layer] : [layer, norms[index]]),
        ];
    }

    private static bool OneList<T>(IReadOnlyList<FoundModule<T>> modules)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => modules.All(module => module.Number is not null && module.Base == modules[0].Base);

    private static FoundModule<T>[] Sorted<T>(FoundModule<T>[] modules, bool keepsOrder)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        OneList(modules) ? [.. modules.OrderBy(module => module.Number)]
        : keepsOrder ? [.. modules.OrderBy(module => module.Index)]
        : [.. modules.OrderBy(module => module.Base, StringComparer.Ordinal).ThenBy(module => module.Number ?? -1)];
}
