namespace EdgeRnn.Runtime;

/// <summary>
/// Maximum-likelihood fit of a generalised Pareto distribution to excesses y: P(Y > y) = (1 + gamma y / sigma)^(-1 / gamma). With
/// theta = gamma / sigma the best gamma is sum log(1 + theta y) / (number of known y) (Grimshaw 1993), so one variable is left to search: a
/// fixed grid finds the highest of several maxima, a golden section its place. 71 passes over the excesses, in double precision. An excess
/// may be unknown but for its least size: that is censored, and stands as the negative of this size.
/// </summary>
internal sealed class ParetoFit
{
    // Below -1/2 the likelihood has no regular maximum (Smith 1985), above 1 the distribution has no mean.
    private const double LeastGamma = -0.5;
    private const double MostGamma = 1;

    private const int GridPoints = 14;         // on either side of 0
    private const int LinearPoints = 7;        // of those below 0; the others halve the distance to the pole
    private const double FirstPoint = 0.05;    // above 0, in units of 1 / mean; each next one is twice as large
    private const int Sections = 40;
    private const double Golden = 0.6180339887498949;
    private const double SmallTheta = 1e-6;    // an exponential distribution, or gamma / theta would lose its digits
    private const double Outside = -1000;      // below every likelihood per excess that counts
    private const double LargeProduct = 1e100; // far from the ends of a double

    private int[] _excesses = new int[0];
    private int _first;
    private int _count;
    private int _known;
    private double _inverseMean;
    private double _best;
    private double _allLogs;   // of the last pass: sum log(1 + theta y) per known excess,
    private double _knownLogs; // and of the known ones alone

    /// <summary>The shape: above 0 a heavy tail, 0 an exponential one, below 0 an end. -0.5 to 1.</summary>
    public double Gamma { get; private set; }

    /// <summary>The scale, in the excesses' unit, above 0.</summary>
    public double Sigma { get; private set; }

    /// <summary>Finds <see cref="Gamma"/> and <see cref="Sigma"/>.</summary>
    /// <param name="excesses">Holds the excesses, none of them 0; not kept.</param>
    /// <param name="first">The first one's index.</param>
    /// <param name="count">How many, at least 1.</param>
    public void Fit(int[] excesses, int first, int count)
    {
        _excesses = excesses;
        _first = first;
        _count = count;
        _known = 0;
        long sum = 0;
        int largest = 0;
        for (int i = first; i < first + count; i++)
        {
            int size = excesses[i] < 0 ? -excesses[i] : excesses[i];
            if (excesses[i] > 0) _known++;
            sum += size;
            if (size > largest) largest = size;
        }
        if (_known == 0) _known = 1;
        double mean = (double)sum / count, pole = -mean / largest;
        _inverseMean = 1 / mean;
        _best = double.MinValue;
        int place = 0;
        double highest = double.MinValue;
        for (int i = -GridPoints; i <= GridPoints; i++)
        {
            double likelihood = Likelihood(Point(i, pole));
            if (likelihood <= highest) continue;
            highest = likelihood;
            place = i;
        }
        Narrow(Point(place == -GridPoints ? place : place - 1, pole), Point(place == GridPoints ? place : place + 1, pole));
        Sigma *= mean;
    }

    /// <summary>The excess that a share of all excesses goes beyond.</summary>
    /// <param name="share">Above 0, below 1.</param>
    public double Quantile(double share)
    {
        double log = PortableMath.Log(share);
        return Gamma == 0 ? -Sigma * log : Sigma / Gamma * (PortableMath.Exp(-Gamma * log) - 1);
    }

    private static double Point(int index, double pole)
    {
        if (index == 0) return 0;
        double point = FirstPoint;
        if (index > 0)
        {
            for (int i = 1; i < index; i++) point *= 2;
            return point;
        }
        if (index >= -LinearPoints) return pole * -index / (LinearPoints + 1);
        double distance = 1.0 / (LinearPoints + 1);
        for (int i = -LinearPoints; i > index; i--) distance *= 0.5;
        return pole * (1 - distance);
    }

    private void Narrow(double low, double high)
    {
        double left = high - Golden * (high - low), right = low + Golden * (high - low);
        double atLeft = Likelihood(left), atRight = Likelihood(right);
        for (int i = 0; i < Sections; i++)
        {
            if (atLeft > atRight)
            {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - Golden * (high - low);
                atLeft = Likelihood(left);
            }
            else
            {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + Golden * (high - low);
                atRight = Likelihood(right);
            }
        }
    }

    // Per known excess, of excesses in units of their mean. The best so far stays in Gamma and Sigma. Outside the bounds of gamma it rises
    // towards them, so that a search finds back.
    private double Likelihood(double theta)
    {
        double gamma = 0, sigma = (double)_count / _known, logs = 0;
        if (theta < -SmallTheta || theta > SmallTheta)
        {
            AddLogs(theta);
            gamma = _allLogs;
            logs = _knownLogs;
            sigma = gamma / theta;
            if (gamma < LeastGamma) return Outside + gamma;
            if (gamma > MostGamma) return Outside - gamma;
        }
        double likelihood = -PortableMath.Log(sigma) - logs - 1;
        if (likelihood > _best)
        {
            _best = likelihood;
            Gamma = gamma;
            Sigma = sigma;
        }
        return likelihood;
    }

    // Logarithms of products: one multiplication for each excess and few logarithms.
    private void AddLogs(double theta)
    {
        double known = 1, censored = 1, knownLogs = 0, censoredLogs = 0, scale = theta * _inverseMean;
        for (int i = _first; i < _first + _count; i++)
        {
            int excess = _excesses[i];
            if (excess > 0)
            {
                known *= 1 + scale * excess;
                if (known < LargeProduct && known > 1 / LargeProduct) continue;
                knownLogs += PortableMath.Log(known);
                known = 1;
            }
            else
            {
                censored *= 1 - scale * excess;
                if (censored < LargeProduct && censored > 1 / LargeProduct) continue;
                censoredLogs += PortableMath.Log(censored);
                censored = 1;
            }
        }
        knownLogs += PortableMath.Log(known);
        censoredLogs += PortableMath.Log(censored);
        _knownLogs = knownLogs / _known;
        _allLogs = (knownLogs + censoredLogs) / _known;
    }
}
