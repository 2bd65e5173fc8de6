using KanSharp.Numerics;

namespace KanSharp.Data;

/// <summary>Random, stratified choices of sample indices. A stratum is the samples of one class.</summary>
internal static class SplitPlan
{
    public static (int[] Train, int[] Validation, int[] Test) Create(int[][] strata, int count, double validation, double test, ulong seed)
    {
        CheckFraction(validation, nameof(validation));
        CheckFraction(test, nameof(test));
        int testCount = Share(test, count);
        int validationCount = Share(validation, count);
        if (testCount + validationCount >= count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(validation), validation, $"{validationCount} samples for validation and {testCount} for the test leave none of {count} to train on");
        }

        Shuffle(strata, seed);
        int[] testSizes = Apportion([.. strata.Select(stratum => stratum.Length)], testCount);
        int[] rest = [.. strata.Select((stratum, i) => stratum.Length - testSizes[i])];
        int[] validationSizes = Apportion(rest, validationCount);
        return (
            Sorted(strata.SelectMany((stratum, i) => stratum[(testSizes[i] + validationSizes[i])..])),
            Sorted(strata.SelectMany((stratum, i) => stratum[testSizes[i]..(testSizes[i] + validationSizes[i])])),
            Sorted(strata.SelectMany((stratum, i) => stratum[..testSizes[i]])));
    }

    public static Fold[] Folds(int[][] strata, int count, int folds, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, count);
        Shuffle(strata, seed);

        // Dealing on from class to class keeps both the folds and the classes within them even
        var foldOf = new int[count];
        int dealt = 0;
        foreach (int sample in strata.SelectMany(stratum => stratum))
            foldOf[sample] = dealt++ % folds;
        return
        [
            .. Enumerable.Range(0, folds).Select(fold => new Fold(
                [.. Enumerable.Range(0, count).Where(sample => foldOf[sample] != fold)],
                [.. Enumerable.Range(0, count).Where(sample => foldOf[sample] == fold)])),
        ];
    }

    /// <summary>Divides <paramref name="total"/> in proportion to <paramref name="sizes"/> by largest remainders.</summary>
    internal static int[] Apportion(int[] sizes, int total)
    {
        long sum = sizes.Sum(size => (long)size);
        var shares = new int[sizes.Length];
        if (sum == 0)
            return shares;
        var remainders = new long[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            (long share, remainders[i]) = Math.DivRem((long)total * sizes[i], sum);
            shares[i] = (int)share;
        }

        int left = total - shares.Sum();
        foreach (int i in Enumerable.Range(0, sizes.Length).OrderByDescending(i => remainders[i]).Take(left))
            shares[i]++;
        return shares;
    }

    private static void CheckFraction(double fraction, string name)
    {
        if (!(fraction >= 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(name, fraction, "a fraction from 0 to below 1 was expected");
    }

    // A part that was asked for is never empty
    private static int Share(double fraction, int count) =>
        fraction == 0 ? 0 : Math.Max(1, (int)Math.Round(fraction * count, MidpointRounding.AwayFromZero));

    private static void Shuffle(int[][] strata, ulong seed)
    {
        SplitRandom random = new SplitRandom(seed).Split("split");
        foreach (int[] stratum in strata)
            random.Shuffle<int>(stratum);
    }

    private static int[] Sorted(IEnumerable<int> indices) => [.. indices.Order()];
}
