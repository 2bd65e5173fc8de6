using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>State and update of <see cref="Sgd"/>.</summary>
internal sealed class SgdOptimizer<T> : FirstOrderOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Sgd _options;

    public SgdOptimizer(Module<T> module, Sgd options, Executor? executor)
        : base(module, options, executor)
    {
        _options = options;
        AllocateMoments(options.Momentum > 0 ? 1 : 0);
    }

    internal override T Update(ParameterSlot<T> slot, int start, int count, T scale, T limit)
    {
        T rate = T.CreateTruncating(Rate(slot));
        T decay = T.CreateTruncating(Decay(slot));
        if (_options.Momentum == 0)
            return UpdateDriver.Run(new PlainRule(rate, decay), slot, start, count, scale, limit, Executor.Width);
        T momentum = T.CreateTruncating(_options.Momentum);
        T fresh = slot.Updates == 1 ? T.One : T.CreateTruncating(1 - _options.Dampening);
        var rule = new MomentumRule(rate, decay, momentum, fresh, _options.Nesterov);
        return UpdateDriver.Run(rule, slot, start, count, scale, limit, Executor.Width);
    }

    private readonly struct PlainRule(T rate, T decay) : IUpdateRule<T>
    {
        public static int Moments => 0;

        public void Apply<TSimd>(ref TSimd parameter, TSimd gradient, ref TSimd first, ref TSimd second)
            where TSimd : unmanaged, ISimd<TSimd, T>
        {
            gradient = TSimd.MultiplyAdd(TSimd.Broadcast(decay), parameter, gradient);
            parameter = TSimd.MultiplyAdd(TSimd.Broadcast(-rate), gradient, parameter);
        }
    }

    private readonly struct MomentumRule(T rate, T decay, T momentum, T fresh, bool nesterov) : IUpdateRule<T>
    {
        public static int Moments => 1;

        public void Apply<TSimd>(ref TSimd parameter, TSimd gradient, ref TSimd first, ref TSimd second)
            where TSimd : unmanaged, ISimd<TSimd, T>
        {
            gradient = TSimd.MultiplyAdd(TSimd.Broadcast(decay), parameter, gradient);
            first = TSimd.MultiplyAdd(TSimd.Broadcast(momentum), first, TSimd.Broadcast(fresh) * gradient);
            TSimd direction = nesterov ? TSimd.MultiplyAdd(TSimd.Broadcast(momentum), first, gradient) : first;
            parameter = TSimd.MultiplyAdd(TSimd.Broadcast(-rate), direction, parameter);
        }
    }
}
