using System.Numerics;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>One round of steps: alone, or in parts on copies of the network whose mean it then is.</summary>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed class RoundWork<T> : ParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NewtonKaczmarz _options;
    private readonly Executor _executor;
    private readonly RowNetwork<T> _main;
    private readonly RowNetwork<T>[] _copies;
    private readonly RowPass[] _passes;
    private readonly double[] _targetScale;
    private RowRecords<T> _records;
    private RowSettings _settings;

    public RoundWork(KanNetwork<T> network, NewtonKaczmarz options, double[][] units, Executor executor)
    {
        _options = options;
        _executor = executor;
        _main = new RowNetwork<T>(network, options.Form, options.BlockSize, units, executor);
        _copies = new RowNetwork<T>[options.Subsets > 1 ? options.Subsets : 0];
        for (int copy = 0; copy < _copies.Length; copy++)
            _copies[copy] = new RowNetwork<T>(network, options.Form, options.BlockSize, units, executor);
        _passes = new RowPass[_copies.Length];
        _targetScale = new double[_main.Targets];
    }

    /// <summary>Takes the steps; the network stays as it was if a residual is not finite.</summary>
    public RowPass Run(in RowRecords<T> records, ReadOnlySpan<double> targetScale, in RowSettings settings)
    {
        if (_copies.Length == 0)
        {
            _main.Load(targetScale, _options.ExtendRanges);
            RowPass pass = _main.Run(records, settings);
            if (pass.Failed < 0)
                _main.Store();
            return pass;
        }

        _records = records;
        _settings = settings;
        targetScale.CopyTo(_targetScale);
        _executor.Run(this, _copies.Length);
        double loss = 0, weight = 0;
        for (int copy = 0; copy < _copies.Length; copy++)
        {
            if (_passes[copy].Failed >= 0)
                return new RowPass(loss, weight, Start(copy) + _passes[copy].Failed);
            loss += _passes[copy].Loss;
            weight += _passes[copy].Weight;
        }

        _main.Load(targetScale, _options.ExtendRanges);
        _main.Merge(_copies, _options.ExtendRanges);
        _main.Store();
        return new RowPass(loss, weight, -1);
    }

    public override void Execute(int piece)
    {
        RowNetwork<T> copy = _copies[piece];
        copy.Load(_targetScale, extends: false);
        _passes[piece] = copy.Run(_records.Slice(Start(piece), Start(piece + 1) - Start(piece), copy.Inputs, copy.Targets), _settings);
    }

    private int Start(int piece) => (int)((long)_records.Count * piece / _copies.Length);
}
