using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>State and update of <see cref="Adam"/> and <see cref="AdamW"/>.</summary>
internal sealed class AdamOptimizer<T> : FirstOrderOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly bool _decoupled;

    public AdamOptimizer(Module<T> module, FirstOrderOptions options, double beta1, double beta2, double epsilon, bool decoupled, Executor? executor)
        : base(module, options, executor)
    {
        _beta1 = beta1;
        _beta2 = beta2;
        _epsilon = epsilon;
        _decoupled = decoupled;
        AllocateMoments(2);
    }

    internal override T Update(ParameterSlot<T> slot, int start, int count, T scale, T limit)
    {
        double rate = Rate(slot);
        double decay = Decay(slot);
        double root = Math.Sqrt(1 - Math.Pow(_beta2, slot.Updates));
        var rule = new Rule(
            keep: T.CreateTruncating(_decoupled ? 1 - rate * decay : 1),
            decay: T.CreateTruncating(_decoupled ? 0 : decay),
            beta1: T.CreateTruncating(_beta1),
            fresh1: T.CreateTruncating(1 - _beta1),
            beta2: T.CreateTruncating(_beta2),
            fresh2: T.CreateTruncating(1 - _beta2),
            epsilon: T.CreateTruncating(_epsilon * root),
            step: T.CreateTruncating(rate * root / (1 - Math.Pow(_beta1, slot.Updates))));
        return UpdateDriver.Run(rule, slot, start, count, scale, limit, Executor.Width);
    }

    private readonly struct Rule(T keep, T decay, T beta1, T fresh1, T beta2, T fresh2, T epsilon, T step) : IUpdateRule<T>
    {
        public static int Moments => 2;

        public void Apply<TSimd>(ref TSimd parameter, TSimd gradient, ref TSimd first, ref TSimd second)
            where TSimd : unmanaged, ISimd<TSimd, T>
        {
            gradient = TSimd.MultiplyAdd(TSimd.Broadcast(decay), parameter, gradient);
            first = TSimd.MultiplyAdd(TSimd.Broadcast(beta1), first, TSimd.Broadcast(fresh1) * gradient);
            second = TSimd.MultiplyAdd(TSimd.Broadcast(beta2), second, TSimd.Broadcast(fresh2) * gradient * gradient);
            // step·first / (√second / root + ε), both sides times root: one division less
            TSimd denominator = TSimd.Sqrt(second) + TSimd.Broadcast(epsilon);
            parameter = parameter * TSimd.Broadcast(keep) - TSimd.Broadcast(step) * first / denominator;
        }
    }
}
