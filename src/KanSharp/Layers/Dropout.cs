using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// In training sets each element to 0 with a given probability and scales the others by 1 / (1 − rate); otherwise the identity
/// (Srivastava et al., Dropout, JMLR 15, 2014). Draws from the stream that <see cref="Tape{T}.Seed"/> starts.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Dropout<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">Probability of 0, in [0, 1); default 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public Dropout(double rate = 0.5)
    {
        DropoutNode<T>.CheckRate(rate);
        Rate = rate;
    }

    /// <summary>Probability of 0.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override Var<T> Forward(Var<T> x) => x.Tape.Training && Rate > 0 ? x.Dropout(Rate) : x;

    /// <summary>Value and derivative lose the same elements.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        Tape<T> tape = x.Value.Tape;
        if (!tape.Training || Rate == 0)
            return x;
        MaskKey mask = tape.NextMask();
        return x.Map((Rate, mask), static (s, part) => DropoutNode<T>.Record(part, s.Rate, s.mask));
    }

    internal override RowPlan? Plan(int features) => new RowPlan(features, features);

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) => x.CopyTo(y);
}
