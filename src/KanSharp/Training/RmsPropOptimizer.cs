using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>State and update of <see cref="RmsProp"/>.</summary>
internal sealed class RmsPropOptimizer<T> : FirstOrderOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RmsProp _options;

    public RmsPropOptimizer(Module<T> module, RmsProp options, Executor? executor)
        : base(module, options, executor)
    {
        _options = options;
        AllocateMoments(options.Momentum > 0 ? 2 : 1);
    }

    // with momentum the second array is that of the normalised gradients: a step
    private protected override (StateRole First, StateRole Second) Roles => (StateRole.Square, StateRole.Step);

    internal override T Update(ParameterSlot<T> slot, int start, int count, T scale, T limit)
    {
        var square = new SquareRule(
            T.CreateTruncating(Rate(slot)),
            T.CreateTruncating(Decay(slot)),
            T.CreateTruncating(_options.Alpha),
            T.CreateTruncating(1 - _options.Alpha),
            T.CreateTruncating(_options.Epsilon));
        return _options.Momentum == 0
            ? UpdateDriver.Run(square, slot, start, count, scale, limit, Executor.Width)
            : UpdateDriver.Run(new MomentumRule(square, T.CreateTruncating(_options.Momentum)), slot, start, count, scale, limit, Executor.Width);
    }

    private readonly struct SquareRule(T rate, T decay, T alpha, T fresh, T epsilon) : IUpdateRule<T>
    {
        public static int Moments => 1;

        public T Rate => rate;

        public void Apply<TSimd>(ref TSimd parameter, TSimd gradient, ref TSimd first, ref TSimd second)
            where TSimd : unmanaged, ISimd<TSimd, T> =>
            parameter = TSimd.MultiplyAdd(TSimd.Broadcast(-rate), Direction(parameter, gradient, ref first), parameter);

        public TSimd Direction<TSimd>(TSimd parameter, TSimd gradient, ref TSimd square)
            where TSimd : unmanaged, ISimd<TSimd, T>
        {
            gradient = TSimd.MultiplyAdd(TSimd.Broadcast(decay), parameter, gradient);
            square = TSimd.MultiplyAdd(TSimd.Broadcast(alpha), square, TSimd.Broadcast(fresh) * gradient * gradient);
            return gradient / (TSimd.Sqrt(square) + TSimd.Broadcast(epsilon));
        }
    }

    private readonly struct MomentumRule(SquareRule square, T momentum) : IUpdateRule<T>
    {
        public static int Moments => 2;

        public void Apply<TSimd>(ref TSimd parameter, TSimd gradient, ref TSimd first, ref TSimd second)
            where TSimd : unmanaged, ISimd<TSimd, T>
        {
            second = TSimd.MultiplyAdd(TSimd.Broadcast(momentum), second, square.Direction(parameter, gradient, ref first));
            parameter = TSimd.MultiplyAdd(TSimd.Broadcast(-square.Rate), second, parameter);
        }
    }
}
