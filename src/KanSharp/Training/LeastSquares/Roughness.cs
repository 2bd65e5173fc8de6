using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// The roughness of all splines of a module as quadratic penalties, weighed against what the data say: the weight of an edge is a share of the mean of the
/// diagonal of JᵀJ over its coefficients, so that it does not depend on units.
/// </summary>
internal sealed class Roughness<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _share;
    private readonly List<(KanLinear<T> Layer, int Feature, int Offset)> _places = [];
    private readonly BandedTerm[] _terms;
    private readonly T[][] _knots;

    /// <param name="module">The module.</param>
    /// <param name="layout">The unknowns.</param>
    /// <param name="share">The share; 0 for none.</param>
    public Roughness(Module<T> module, JacobianLayout<T> layout, double share)
    {
        _share = share;
        if (share > 0)
        {
            foreach (KanLinear<T> layer in module.Modules().OfType<KanLinear<T>>().Where(layer => layer.Options.IsSpline))
            {
                int part = layer.Coefficients.Shape.Count / layer.Inputs;
                foreach (JacobianLayout<T>.Segment segment in layout.Segments)
                {
                    if (segment.Parameter == layer.Coefficients)
                        _places.Add((layer, segment.Start / part, segment.Offset));
                }
            }
        }

        _terms = new BandedTerm[_places.Count];
        _knots = new T[_places.Count][];
    }

    /// <summary>The penalties, with the weights of the last call of <see cref="Weigh"/>.</summary>
    public IReadOnlyList<BandedTerm> Terms => _terms;

    /// <summary>Sets the weights, and follows the knots if they have moved.</summary>
    /// <param name="diagonal">Diagonal of JᵀJ.</param>
    public IReadOnlyList<BandedTerm> Weigh(ReadOnlySpan<double> diagonal)
    {
        for (int index = 0; index < _terms.Length; index++)
        {
            (KanLinear<T> layer, int feature, int offset) = _places[index];
            Span<T> knots = layer.Knots.Value.Row(feature);
            if (_knots[index] is null || !knots.SequenceEqual(_knots[index]))
            {
                _knots[index] = knots.ToArray();
                _terms[index] = JumpPenalty.Create(layer, feature, offset);
            }

            BandedTerm term = _terms[index];
            for (int output = 0; output < term.Outputs; output++)
            {
                double sum = 0;
                for (int function = 0; function < term.Functions; function++)
                    sum += diagonal[offset + function * term.Outputs + output];
                term.Weights[output] = _share * sum / term.Functions;
            }
        }

        return _terms;
    }
}
