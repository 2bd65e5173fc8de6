using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Loss and gradient over chosen samples, added up over several passes.</summary>
internal sealed class Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Module<T> _module;
    private readonly Loss _loss;
    private readonly Func<Var<T>, Var<T>, Var<T>>? _penalty;
    private readonly Tape<T> _tape;
    private readonly Regularizer<T>? _regularizer;

    public Objective(Module<T> module, TrainingData<T> data, Loss loss, FitHooks<T> hooks, FitOptions options)
    {
        _module = module;
        _loss = loss;
        _penalty = hooks.Penalty;
        _regularizer = options.Penalty is { } penalty ? new Regularizer<T>(penalty, hooks.Observer) : null;
        _tape = new Tape<T>(options.Executor) { Training = true, Observer = _regularizer ?? hooks.Observer };
        Reader = new BatchReader<T>(data);
    }

    public BatchReader<T> Reader { get; }

    /// <summary>Whether the caller adds something to the loss.</summary>
    public bool HasCallersPenalty => _penalty is not null;

    /// <summary>Whether anything is added to the loss.</summary>
    public bool HasPenalty => _penalty is not null || _regularizer is not null;

    /// <summary>Data loss of all passes since <see cref="Begin"/>, weighted by their shares.</summary>
    public double Loss { get; private set; }

    /// <summary>Penalty of all passes since <see cref="Begin"/>, weighted by their shares.</summary>
    public double Penalty { get; private set; }

    public bool IsFinite => double.IsFinite(Loss) && double.IsFinite(Penalty);

    /// <summary>Outputs of the last pass, [rows, ...].</summary>
    public Var<T> Output { get; private set; }

    public void Begin() => Loss = Penalty = 0;

    /// <summary>Adds share · (mean loss of the samples + penalty) and its gradient.</summary>
    /// <param name="rows">The samples.</param>
    /// <param name="share">Weight of this pass; the shares of a step add up to 1.</param>
    /// <param name="key">Key of the random numbers of this pass.</param>
    /// <param name="commit">Whether layers may update running statistics.</param>
    public void Add(ReadOnlySpan<int> rows, double share, ulong key, bool commit)
    {
        _tape.Reset();
        _tape.Seed(key);
        Var<T> input = Reader.Inputs(_tape, rows);
        Output = _module.Forward(input);
        Var<T> total = Reader.Loss(_loss, Output, rows);
        Loss += share * double.CreateTruncating(total.Item);
        if (Penalties(input, share) is { } penalties)
            total += penalties;
        if (!IsFinite)
            return;
        _tape.Backward(total, [T.CreateTruncating(share)]);
        if (commit)
            _tape.Commit();
    }

    /// <summary>Adds share · penalty alone, and its gradient if wanted; the loss is left out.</summary>
    /// <param name="rows">The samples.</param>
    /// <param name="share">Weight of this pass; the shares add up to 1.</param>
    /// <param name="withGradient">Whether gradients are added to the parameters.</param>
    public void AddPenalty(ReadOnlySpan<int> rows, double share, bool withGradient)
    {
        _tape.Reset();
        bool training = _tape.Training;
        _tape.Training = false;
        Var<T> input = Reader.Inputs(_tape, rows);
        Output = _module.Forward(input);
        if (Penalties(input, share) is { } penalties && withGradient && IsFinite)
            _tape.Backward(penalties, [T.CreateTruncating(share)]);
        _tape.Training = training;
    }

    private Var<T>? Penalties(Var<T> input, double share)
    {
        Var<T>? total = null;
        if (_penalty is not null)
        {
            Var<T> penalty = _penalty(input, Output);
            if (penalty.Shape.Count != 1)
                throw new InvalidOperationException($"FitHooks.Penalty returned a value of shape {penalty.Shape}; it must be a single number, for example a mean.");
            Penalty += share * double.CreateTruncating(penalty.Item);
            total = penalty;
        }

        if (_regularizer is not null)
        {
            Var<T> penalty = _regularizer.Penalty(Output);
            Penalty += share * double.CreateTruncating(penalty.Item);
            total = total is { } sum ? sum + penalty : penalty;
        }

        return total;
    }
}
