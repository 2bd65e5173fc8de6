using System.Numerics;
using KanSharp.Bases;

namespace KanSharp.Layers.Kernels;

/// <summary>What the cost of a layer with a local basis depends on.</summary>
/// <param name="Rows">Batch size N, at least 1.</param>
/// <param name="Inputs">Inputs I.</param>
/// <param name="Outputs">Outputs O.</param>
/// <param name="Cells">Cells per feature, the two outer ones included.</param>
/// <param name="Functions">Basis functions per feature.</param>
/// <param name="Degree">Degree k.</param>
/// <param name="HasBase">Whether there is a base row.</param>
internal readonly record struct LayerShape(int Rows, int Inputs, int Outputs, int Cells, int Functions, int Degree, bool HasBase)
{
    /// <summary>The shape of a layer and its batch.</summary>
    public static LayerShape Of<T>(LocalBasisTable<T> table, int rows, int outputs, bool hasBase)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(rows, table.Features, outputs, table.Entries, table.Count, table.Degree, hasBase);
}
