using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>Bumps with fixed phases, the same for all inputs: piecewise quartics that run through the kernels of B-splines.</summary>
internal sealed class BumpEdges<T>(ReluBumpOptions options, int inputs) : LocalEdges<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private LocalBasisTable<T>? _table;

    protected override string Family => options.Family;

    public override IReadOnlyList<Member<T>> Members => [];

    public override IReadOnlyList<Tensor<T>> Tensors => [];

    public override long Cost => 25;

    public override LocalBasisTable<T> Table => _table ??= ReluBumpTable.Build<T>(options, inputs);

    public override (double Low, double High) Range(int input) => options.Domain;
}
