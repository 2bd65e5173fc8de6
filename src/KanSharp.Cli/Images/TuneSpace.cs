using KanSharp.Numerics;

namespace KanSharp.Cli.Images;

/// <summary>What a search draws from.</summary>
internal sealed record TuneSpace(double[] Rates, double[] Decays, int[] Batches)
{
    /// <summary>Different combinations in a random order; all of them where fewer than asked for exist.</summary>
    public TrainSettings[] Draw(TrainSettings settings, int draws, ulong seed)
    {
        TrainSettings[] all =
        [
            .. from rate in Rates
               from decay in Decays
               from batch in Batches
               select settings with { LearningRate = rate, WeightDecay = decay, Batch = batch },
        ];
        new SplitRandom(seed).Split("tune").Shuffle<TrainSettings>(all);
        return all[..Math.Min(draws, all.Length)];
    }
}
