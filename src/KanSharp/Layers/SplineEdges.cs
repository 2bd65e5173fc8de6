using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>B-splines on knots that belong to each input.</summary>
internal sealed class SplineEdges<T> : LocalEdges<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BSplineOptions _options;
    private readonly int _inputs;
    private CompiledBasis? _compiled;

    public SplineEdges(BSplineOptions options, int inputs, Tensor<T> knots)
    {
        (_options, _inputs) = (options, inputs);
        Knots = new StateTensor<T>(knots);
        Members = [("knots", Knots)];
        BSplineTable.Validate<T>(knots.Span, inputs, options.Degree);
    }

    /// <summary>Extended knots, [I, G + 2k + 1].</summary>
    public StateTensor<T> Knots { get; }

    protected override string Family => _options.Family;

    public override IReadOnlyList<Member<T>> Members { get; }

    public override IReadOnlyList<Tensor<T>> Tensors => [Knots.Value];

    public override long Cost => (_options.Degree + 1) * (_options.Degree + 1);

    /// <summary>The basis compiled for the present knots, when it is first needed: a loaded layer takes no more memory than its numbers.</summary>
    public override LocalBasisTable<T> Table
    {
        get
        {
            CompiledBasis? compiled = _compiled;
            if (compiled is null || !MemoryMarshal.AsBytes(compiled.Knots.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(Knots.Value.Span)))
            {
                T[] knots = Knots.Value.Span.ToArray();
                _compiled = compiled = new CompiledBasis(knots, BSplineTable.Build<T>(knots, _inputs, _options.Degree, _options.Outside));
            }

            return compiled.Table;
        }
    }

    public override (double Low, double High) Range(int input)
    {
        ReadOnlySpan<T> knots = Knots.Value.Row(input);
        return (double.CreateTruncating(knots[_options.Degree]), double.CreateTruncating(knots[^(_options.Degree + 1)]));
    }

    private sealed record CompiledBasis(T[] Knots, LocalBasisTable<T> Table);
}
